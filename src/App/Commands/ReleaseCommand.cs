using System.CommandLine;
using System.Globalization;
using Kyodo.App.Casebook;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Storage;

namespace Kyodo.App.Commands;

/// <summary><c>release</c>: freeze and publish the next revision of an edition, now or at a time.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var (programme, year) = (CommonOptions.Programme(), CommonOptions.Year());
        var erratum = new Option<string?>("--erratum") { Description = Words.Say("訂正: 前の版との違いとその理由", "why it differs from the revision before") };
        var remark = new Option<string?>("--remark") { Description = Words.Say("この版の注記", "what every reader of its figures must know") };
        var withoutPdf = new Option<bool>("--without-pdf") { Description = Words.Say("PDFの事例集をつくらない", "do not draw the PDF casebook") };
        var withoutMail = new Option<bool>("--without-mail") { Description = Words.Say("全職員にメールで知らせない", "do not tell all staff by mail") };
        var at = new Option<string?>("--at") { Description = Words.Say("公表する時刻（例: 2026-12-01T09:00、日本時間）。動いている serve がその時刻に公表する", "when (2026-12-01T09:00, Japanese time unless it says otherwise); a serving process releases then") };
        var cancel = new Option<bool>("--cancel") { Description = Words.Say("予約を取り消す", "call off what was planned with --at") };
        var preview = new Option<bool>("--preview") { Description = Words.Say("前の版との違いを示すだけで、公表しない", "show what would change and release nothing") };
        var command = new Command("release", Words.Say("次の版を公表する", "publish the next revision")) { programme, year, erratum, remark, withoutPdf, withoutMail, at, cancel, preview };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var db = database.Open();
            var (key, asked, now) = (parsed.GetValue(programme)!, new FiscalYear(parsed.GetValue(year)), TimeProvider.System.GetUtcNow());
            // What readers must know of the edition holds for its next revision too, unless said otherwise.
            var wish = new ReleaseWish(parsed.GetValue(erratum), parsed.GetValue(remark) ?? (await db.RevisionAsync(key, asked, stop: stop))?.Remark, TellsStaff: !parsed.GetValue(withoutMail));
            if (parsed.GetValue(cancel))
                await CancelAsync(db, parsed, key, asked, now, stop);
            else if (parsed.GetValue(preview))
                await PreviewAsync(db, parsed, key, asked, now, stop);
            else if (parsed.GetValue(at) is { } time)
            {
                var planned = await db.ScheduleAsync(await db.CompileAsync(key, asked, stop: stop), wish, !parsed.GetValue(withoutPdf), TimeOf(time), CommonOptions.Coordinator, now, stop);
                Terminal.Finish(parsed, new { programme = key, year = asked, at = planned.At }, Words.Say($"{planned.At.JapaneseMinute()}に公表する予約をしました。動いている serve がその時刻に公表します。", $"To be released at {planned.At:O} by a serving process."));
            }
            else
            {
                await using var app = WebHost.Build(database, []);
                var revision = (await app.Services.GetRequiredService<EditionRelease>().ReleaseAsync(db, key, asked, wish, !parsed.GetValue(withoutPdf), seenNewest: null, CommonOptions.Coordinator, now, stop))!;
                Terminal.Finish(parsed, new { programme = revision.ProgrammeKey, year = revision.Year, revision = revision.No, cases = revision.CaseCount, manifest = revision.ManifestHash },
                    Words.Say($"{revision.Title}を公表しました（{revision.CaseCount}件）。", $"Published {revision.ProgrammeKey}/{revision.Year}/r{revision.No} ({revision.CaseCount} cases)."));
            }
            return 0;
        });
        return command;
    }

    private static async Task CancelAsync(AppDb db, ParseResult parsed, string programme, FiscalYear year, DateTimeOffset now, CancellationToken stop)
    {
        var planned = await db.ScheduledAsync(programme, year, stop) ?? throw new Refusal(Words.Say("公表の予約はありません。", "No release is planned."));
        planned.Cancel(CommonOptions.Coordinator, now);
        await db.SaveChangesAsync(stop);
        Terminal.Finish(parsed, new { programme, year, cancelled = planned.At }, Words.Say($"{planned.At.JapaneseMinute()}の公表の予約を取り消しました。", $"The release planned for {planned.At:O} was called off."));
    }

    private static async Task PreviewAsync(AppDb db, ParseResult parsed, string programme, FiscalYear year, DateTimeOffset now, CancellationToken stop)
    {
        var changes = await db.PreviewAsync(await db.CompileAsync(programme, year, stop: stop), now, stop) ?? throw new Refusal(Words.Say("まだ公表していないため、比べる版がありません。", "Nothing was released yet."));
        foreach (var one in changes.Cases)
        {
            Terminal.Say(parsed, $"{one.Change}\t{one.Title}");
            foreach (var field in one.Fields)
                Terminal.Say(parsed, $"\t{field.LabelJa}: {Short(field.BeforeText)} → {Short(field.AfterText)}");
        }
        var totals = changes.Totals;
        Terminal.Finish(parsed, changes, Words.Say($"変わる事例 {totals.Changed}件、加わる事例 {totals.Added}件、載らなくなる事例 {totals.Removed}件。何も公表していません。", $"{totals.Changed} changed, {totals.Added} added, {totals.Removed} removed. Nothing was released."));
    }

    private static string Short(string text) => text.Length == 0 ? "（なし）" : TextForms.UpTo(60, text.ReplaceLineEndings(" "));

    /// <summary>A time without its offset is a time in Japan.</summary>
    private static DateTimeOffset TimeOf(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Kind is DateTimeKind.Unspecified ? JapanTime.At(DateOnly.FromDateTime(local), local.Hour, local.Minute)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant) ? instant
        : throw new Refusal(Words.Say($"時刻「{text}」が読めません。例: 2026-12-01T09:00", $"'{text}' is no time. Example: 2026-12-01T09:00"));
}
