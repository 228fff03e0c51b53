using System.CommandLine;
using Kyodo.App.Casebook;
using Kyodo.App.Hosting;
using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.App.Commands;

/// <summary><c>withdraw</c> and <c>redact</c>: what was published and may not be seen any more.</summary>
internal static class WithdrawCommand
{
    public static Command CreateWithdraw()
    {
        var one = new Argument<string>("CASE") { Description = Words.Say("事例の番号（公開ページのアドレスの終わり）", "the case's id, as its address ends") };
        var reason = new Option<string?>("--reason") { Description = Words.Say("理由（公表されます）", "why, in public words") };
        var undo = new Option<bool>("--undo") { Description = Words.Say("取り下げを取り消す", "show the case again") };
        var command = new Command("withdraw", Words.Say("事例の公表を取り下げる", "withdraw a published case")) { one, reason, undo };
        command.SetAction(async (parsed, stop) =>
        {
            await using var db = (await CommonOptions.ExistingAsync(parsed, stop)).Open();
            var (id, now) = (parsed.GetValue(one)!, TimeProvider.System.GetUtcNow());
            if (parsed.GetValue(undo))
                await db.ShowAgainAsync(id, parsed.GetValue(reason), CommonOptions.Coordinator, now, stop);
            else
                await db.WithdrawAsync(id, parsed.GetValue(reason) ?? "", CommonOptions.Coordinator, now, stop);
            Terminal.Finish(parsed, new { id, withdrawn = !parsed.GetValue(undo) },
                parsed.GetValue(undo) ? Words.Say("取り下げを取り消しました。", "Shown again.") : Words.Say("公表を取り下げました。", "Withdrawn."));
            return 0;
        });
        return command;
    }

    public static Command CreateRedact()
    {
        var one = new Argument<string>("CASE") { Description = Words.Say("事例の番号（公開ページのアドレスの終わり）", "the case's id, as its address ends") };
        var basis = new Option<string>("--basis") { Description = Words.Say("根拠となる法令・決定（公表されます）", "the law or decision that demands it, public"), Required = true };
        var reason = new Option<string>("--reason") { Description = Words.Say("理由（公表されます）", "why, in public words"), Required = true };
        var passages = new Option<string[]>("--passage") { Description = Words.Say("消す語句（いくつでも）", "a text to remove, as it stands; repeatable") };
        var fields = new Option<string[]>("--field") { Description = Words.Say("項目ごと消す設問のキー（いくつでも）", "key of a question whose answer is removed; repeatable") };
        var command = new Command("redact", Words.Say("非公開措置: 語句や項目を消し、版のファイルを差し替える", "remove passages by law, replacing the files of revisions")) { one, basis, reason, passages, fields };
        command.SetAction(async (parsed, stop) =>
        {
            var database = await CommonOptions.ExistingAsync(parsed, stop);
            await using var app = WebHost.Build(database, []);
            await using var db = database.Open();
            var wish = new RedactionWish(parsed.GetValue(basis)!, parsed.GetValue(reason)!, parsed.GetValue(passages) ?? [], parsed.GetValue(fields) ?? []);
            var revisions = await app.Services.GetRequiredService<EditionRelease>().RedactAsync(db, parsed.GetValue(one)!, wish, CommonOptions.Coordinator, TimeProvider.System.GetUtcNow(), stop);
            Terminal.Finish(parsed, new { id = parsed.GetValue(one), revisions = revisions.Select(r => $"{r.ProgrammeKey}/{r.Year}/r{r.No}") },
                Words.Say($"非公開措置を行い、{string.Join("・", revisions.Select(r => $"第{r.No}版"))}のファイルを差し替えました。", $"Redacted; the files of {revisions.Count} revision(s) were replaced."));
            return 0;
        });
        return command;
    }
}
