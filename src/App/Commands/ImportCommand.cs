using System.CommandLine;
using System.Text.Json;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Storage;

namespace Kyodo.App.Commands;

/// <summary><c>import FILE</c>: cases of one unit from xlsx, csv or JSON. Nothing is saved while anything is wrong.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "xlsx, csv, json" };
        var (programme, year) = (CommonOptions.Programme(), CommonOptions.Year());
        var unit = new Option<string>("--unit") { Description = Words.Say("組織コード", "unit code"), Required = true };
        var mapping = new Option<string?>("--mapping") { Description = Words.Say("列の対応: auto（推し量る）か、そのJSONファイル", "columns of a foreign list: auto (guess), or the JSON file of a mapping") };
        var write = new Option<FileInfo?>("--write-mapping") { Description = Words.Say("使った列の対応を書き出すファイル", "write the mapping that was used to this file") };
        var check = new Option<bool>("--check") { Description = Words.Say("調べるだけで、保存しない", "report and save nothing") };
        var command = new Command("import", Words.Say("回答票などから事例を取り込む", "take in cases from a workbook, CSV or JSON")) { file, programme, year, unit, mapping, write, check };
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
            var municipalities = await db.MunicipalityNamesAsync(asked, stop);
            var reading = await ReadingAsync(db, parsed.GetValue(mapping), inquiry, stop);
            var content = Read(source);
            var import = inquiry is not null
                ? await CaseImport.CheckAsync(db, inquiry, content, municipalities, by, now, reading, choices: null, stop)
                : CaseImport.CheckUnasked(content, await db.ProgrammeAsync(programmeKey, stop), asked, unitCode, await db.UnitNameAsync(unitCode, stop), municipalities, reading);
            if (parsed.GetValue(write) is { } place)
                await File.WriteAllTextAsync(place.FullName, Json.WholeFile((import.Mapped ?? throw new Refusal(Words.Say("列の対応を使わずに読めるファイルです。--mapping auto を付けて、ほかの様式の一覧に使ってください。", "This file needs no mapping."))).Mapping), stop);
            var errors = import.Check.HasErrors;
            if (!parsed.GetValue(check) && !errors)
            {
                if (import.Mapped is { } mapped)
                    await db.RememberMappingAsync(inquiry!.UnitId, programmeKey, mapped, now, stop);
                await import.SaveAsync(db, "command", by, now, stop: stop);
            }
            Report(parsed, import, saved: !parsed.GetValue(check) && !errors);
            return errors ? 1 : 0;
        });
        return command;
    }

    internal static byte[] Read(FileInfo source)
    {
        using var stream = source.OpenRead();
        return CaseFile.ReadAll(stream);
    }

    internal static async Task<ForeignReading?> ReadingAsync(AppDb db, string? mapping, Inquiry? inquiry, CancellationToken stop) => mapping switch
    {
        null => null,
        "auto" => new ForeignReading { Remembered = inquiry is null ? new Dictionary<string, FileMapping>(StringComparer.Ordinal) : await db.RememberedMappingsAsync(inquiry.UnitId, inquiry.Round.ProgrammeKey, stop) },
        _ when File.Exists(mapping) => new ForeignReading(FileMapping.Parse(await File.ReadAllTextAsync(mapping, stop))),
        _ => throw new Refusal(Words.Say($"列の対応のファイルがありません: {mapping}。auto か、--write-mapping で書き出したファイルを指定してください。", $"There is no mapping file: {mapping}")),
    };

    private static void Report(ParseResult parsed, CaseImport import, bool saved)
    {
        Tell(parsed, import.Check, import.Mapped);
        Console.WriteLine(parsed.GetValue(CommonOptions.AsJson)
            ? JsonSerializer.Serialize(import.Check, Json.Plain)
            : saved ? Words.Say($"{import.Check.Accepted}件を保存しました。", $"{import.Check.Accepted} cases saved.")
            : import.Check.HasErrors ? Words.Say($"{import.Check.Rows}行のうち{import.Check.Refused}行に直すところがあります。何も保存していません。", $"{import.Check.Refused} of {import.Check.Rows} rows need correcting. Nothing was saved.")
            : Words.Say($"{import.Check.Rows}行に直すところはありません。", $"Nothing to correct in {import.Check.Rows} rows."));
    }

    /// <summary>For people: which column was taken for what, and each problem with its place.</summary>
    internal static void Tell(ParseResult parsed, CaseCheck check, MappedFile? mapped)
    {
        if (parsed.GetValue(CommonOptions.AsJson))
            return;
        foreach (var column in mapped?.Mapping.Columns ?? [])
            Console.WriteLine($"{column.Column}\t{column.Header}\t→ {column.Question ?? Words.Say("（使わない）", "(not used)")}{(column.Unit is null ? "" : $"（{column.Unit}）")}{(column.Confidence is { } sure ? $"\t{sure:P0}" : "")}");
        foreach (var problem in check.Problems)
            Console.WriteLine($"{(problem.Severity is Severity.Error ? "×" : "△")} {problem.Sheet}{(problem.Cell is null ? "" : "!" + problem.Cell)}: {problem.Message}");
    }
}
