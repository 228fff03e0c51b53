using System.CommandLine;
using System.Text.Json;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Rounds;

namespace Kyodo.App.Commands;

/// <summary><c>import FILE</c>: cases of one unit from xlsx, csv or JSON. Nothing is saved while anything is wrong.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "xlsx, csv, json" };
        var (programme, year) = (CommonOptions.Programme(), CommonOptions.Year());
        var unit = new Option<string>("--unit") { Description = Words.Say("組織コード", "unit code"), Required = true };
        var check = new Option<bool>("--check") { Description = Words.Say("調べるだけで、保存しない", "report and save nothing") };
        var command = new Command("import", Words.Say("回答票などから事例を取り込む", "take in cases from a workbook, CSV or JSON")) { file, programme, year, unit, check };
        command.SetAction(async (parsed, stop) =>
        {
            var source = parsed.GetValue(file)!;
            if (!source.Exists)
                throw new Refusal(Words.Say($"ファイルがありません: {source.FullName}", $"There is no such file: {source.FullName}"));
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var db = database.Open();
            var (programmeKey, asked, unitCode) = (parsed.GetValue(programme)!, new FiscalYear(parsed.GetValue(year)), parsed.GetValue(unit)!);
            var now = TimeProvider.System.GetUtcNow();
            var inquiry = await db.FindInquiryAsync(programmeKey, asked, unitCode, stop);
            var by = CommonOptions.Operator(new Duty(Role.Respondent, inquiry?.UnitId ?? 0));
            await using var stream = source.OpenRead();
            var municipalities = await db.MunicipalityNamesAsync(asked, stop);
            var import = inquiry is not null
                ? await CaseImport.CheckAsync(db, inquiry, stream, municipalities, by, now, stop)
                : CaseImport.CheckUnasked(stream, await db.ProgrammeAsync(programmeKey, stop), asked, unitCode, await db.UnitNameAsync(unitCode, stop), municipalities);
            var errors = import.Check.HasErrors;
            if (!parsed.GetValue(check) && !errors)
            {
                import.Apply(db, "command", by, now);
                await db.SaveChangesAsync(stop);
            }
            Report(parsed, import, saved: !parsed.GetValue(check) && !errors);
            return errors ? 1 : 0;
        });
        return command;
    }

    private static void Report(ParseResult parsed, CaseImport import, bool saved)
    {
        if (!parsed.GetValue(CommonOptions.AsJson))
        {
            foreach (var problem in import.Check.Problems)
                Console.WriteLine($"{(problem.Severity is Severity.Error ? "×" : "△")} {problem.Sheet}{(problem.Cell is null ? "" : "!" + problem.Cell)}: {problem.Message}");
        }
        Console.WriteLine(parsed.GetValue(CommonOptions.AsJson)
            ? JsonSerializer.Serialize(import.Check, Json.Plain)
            : saved ? Words.Say($"{import.Check.Accepted}件を保存しました。", $"{import.Check.Accepted} cases saved.")
            : import.Check.HasErrors ? Words.Say($"{import.Check.Rows}行のうち{import.Check.Refused}行に直すところがあります。何も保存していません。", $"{import.Check.Refused} of {import.Check.Rows} rows need correcting. Nothing was saved.")
            : Words.Say($"{import.Check.Rows}行に直すところはありません。", $"Nothing to correct in {import.Check.Rows} rows."));
    }
}
