using System.CommandLine;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Organizations;

namespace Kyodo.App.Commands;

/// <summary><c>release</c>: freeze and publish the next revision of an edition.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var (programme, year) = (CommonOptions.Programme(), CommonOptions.Year());
        var erratum = new Option<string?>("--erratum") { Description = Words.Say("訂正: 前の版との違いとその理由", "why it differs from the revision before") };
        var withoutPdf = new Option<bool>("--without-pdf") { Description = Words.Say("PDFの事例集をつくらない", "do not draw the PDF casebook") };
        var withoutMail = new Option<bool>("--without-mail") { Description = Words.Say("全職員にメールで知らせない", "do not tell all staff by mail") };
        var command = new Command("release", Words.Say("次の版を公表する", "publish the next revision")) { programme, year, erratum, withoutPdf, withoutMail };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var app = WebHost.Build(database, []);
            var drawing = app.Services.GetRequiredService<Casebook.EditionDrawing>();
            await using var db = database.Open();
            var government = await db.HomeNameAsync(stop);
            var table = await db.CompileAsync(parsed.GetValue(programme)!, new FiscalYear(parsed.GetValue(year)), stop: stop);
            var revision = await db.ReleaseAsync(table, new EditionShelf(database.DataFolder), new ReleaseWish(parsed.GetValue(erratum), TellsStaff: !parsed.GetValue(withoutMail)),
                (draft, folder) => drawing.WriteAllAsync(draft, folder, government, !parsed.GetValue(withoutPdf), stop),
                CommonOptions.Operator(new Duty(Role.Coordinator, 0)), TimeProvider.System.GetUtcNow(), stop);
            Terminal.Finish(parsed, new { programme = revision.ProgrammeKey, year = revision.Year, revision = revision.No, cases = revision.CaseCount, manifest = revision.ManifestHash },
                Words.Say($"{revision.Title}を公表しました（{revision.CaseCount}件）。", $"Published {revision.ProgrammeKey}/{revision.Year}/r{revision.No} ({revision.CaseCount} cases)."));
            return 0;
        });
        return command;
    }
}
