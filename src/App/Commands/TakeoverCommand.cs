using System.CommandLine;
using System.Text.Json;
using Kyodo.App.Casebook;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Takeover;

namespace Kyodo.App.Commands;

/// <summary><c>takeover FILE</c>: a past year's published list becomes revision 1 of that year's edition.</summary>
internal static class TakeoverCommand
{
    private static readonly string[] Attachable = [".pdf", ".xlsx", ".csv"];

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "xlsx, csv, json" };
        var (programme, year) = (CommonOptions.Programme(), CommonOptions.Year());
        var mapping = new Option<string?>("--mapping") { Description = Words.Say("列の対応: auto（推し量る）か、そのJSONファイル", "columns of a foreign list: auto (guess), or the JSON file of a mapping") };
        var check = new Option<bool>("--check") { Description = Words.Say("調べるだけで、公表しない", "report and publish nothing") };
        var leaveOut = new Option<bool>("--leave-out") { Description = Words.Say("読めない行を除いて引き継ぐ", "go on without the rows that cannot be read") };
        var attach = new Option<FileInfo?>("--attach") { Description = Words.Say("もとの事例集（PDFなど）。そのまま版のファイルに加える", "the old casebook, kept as it is among the revision's files") };
        var command = new Command("takeover", Words.Say("過去の年度の公表済みの一覧を、その年度版の第1版として引き継ぐ", "a past year's published list becomes revision 1 of that year's edition")) { file, programme, year, mapping, check, leaveOut, attach };
        command.SetAction(async (parsed, stop) =>
        {
            var source = parsed.GetValue(file)!;
            if (!source.Exists)
                throw new Refusal(Words.Say($"ファイルがありません: {source.FullName}", $"There is no such file: {source.FullName}"));
            var attached = parsed.GetValue(attach);
            if (attached is not null && (!attached.Exists || !Attachable.Contains(attached.Extension.ToLowerInvariant())))
                throw new Refusal(Words.Say($"添えられるのは、ある PDF・xlsx・csv だけです: {attached.FullName}", $"Only an existing PDF, xlsx or csv can be attached: {attached.FullName}"));
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var db = database.Open();
            var (key, asked) = (parsed.GetValue(programme)!, new FiscalYear(parsed.GetValue(year)));
            var past = await PastEdition.ReadAsync(db, ImportCommand.Read(source), source.Name, key, asked, await ImportCommand.ReadingAsync(db, parsed.GetValue(mapping), null, stop), stop);
            ImportCommand.Tell(parsed, past.Check, past.Mapped);
            if (parsed.GetValue(check))
            {
                Console.WriteLine(parsed.GetValue(CommonOptions.AsJson) ? JsonSerializer.Serialize(past.Check, Json.Plain)
                    : past.Check.HasErrors ? Words.Say($"{past.Check.Rows}行のうち{past.Check.Refused}行に直すところがあります。", $"{past.Check.Refused} of {past.Check.Rows} rows need correcting.")
                    : Words.Say($"{past.Check.Rows}行を引き継げます。", $"{past.Check.Rows} rows can be taken over."));
                return past.Check.HasErrors ? 1 : 0;
            }
            await using var app = WebHost.Build(database, []);
            var (drawing, government) = (app.Services.GetRequiredService<EditionDrawing>(), await db.HomeNameAsync(stop));
            var revision = await past.SaveAsync(db, new EditionShelf(database.DataFolder), async (draft, folder) =>
            {
                await drawing.WriteAllAsync(draft, folder, government, withPdf: false, stop);
                attached?.CopyTo(Path.Combine(folder, "public", "original" + attached.Extension.ToLowerInvariant()));
            }, parsed.GetValue(leaveOut), CommonOptions.Coordinator, TimeProvider.System.GetUtcNow(), stop);
            Console.WriteLine(parsed.GetValue(CommonOptions.AsJson) ? JsonSerializer.Serialize(past.Check, Json.Plain)
                : Words.Say($"{revision.Title}として{revision.CaseCount}件を引き継ぎました。", $"{revision.CaseCount} cases taken over as {key}/{asked}/r1."));
            return 0;
        });
        return command;
    }
}
