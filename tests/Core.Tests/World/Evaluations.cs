using System.Text.Json.Nodes;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Evaluation;
using Kyodo.Evaluation.Door;
using Kyodo.Organizations;
using Kyodo.Partners;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Core.Tests.World;

/// <summary>The accepted projects of the year under evaluation, and both sides at their sheets.</summary>
internal static class Evaluations
{
    public static readonly DateOnly Due = new(2007, 5, 31);

    extension(Office office)
    {
        /// <summary>Projects that are accepted; each with so many partners (団体0, 団体1, ... of its own).</summary>
        public async Task<IReadOnlyList<Case>> AcceptedAsync(params int[] partners)
        {
            var cases = await office.ReadyAsync([.. partners.Select((_, i) => $"事業{i}")]);
            foreach (var (one, i) in cases.OrderBy(c => c.Title, StringComparer.Ordinal).Select((one, i) => (one, i)))
            {
                var answers = one.Answers.With("partners", new JsonObject { ["partners"] = new JsonArray([.. Enumerable.Range(0, partners[i]).Select(k => (JsonNode)new JsonObject { ["name"] = $"団体{i}-{k}", ["kind"] = "NPO法人" })]) });
                await office.Db.Cases.Where(c => c.Id == one.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.AnswersJson, answers.ToJson()));
            }
            office.Db.ChangeTracker.Clear();
            return cases;
        }

        public async Task<Opened> OpenEvaluationsAsync(SheetForm form = SheetForm.Short, EvaluationPhase phase = EvaluationPhase.Closing)
        {
            await using var db = office.OpenAnother();
            var full = form is SheetForm.Full ? (await db.Cases.Select(c => c.Id).ToListAsync()).ToHashSet(StringComparer.Ordinal) : [];
            return await db.OpenEvaluationsAsync("ps", Office.Year, phase, null, Due, full, office.Coordinator, office.Now);
        }

        public Task<CaseEvaluation> EvaluationAsync(AppDb? db = null, string title = "事業0") =>
            (db ?? office.Db).Evaluations.WithSides().SingleAsync(e => e.CaseTitle == title);

        /// <summary>The same mark for every question, and sent.</summary>
        public async Task AnswerAsync(EvaluationSide side, string mark, bool sends = true, string? words = null)
        {
            var by = office.ActorOf(side);
            await using var db = office.OpenAnother();
            await db.AnswerAsync(side.Id, Marked(side, mark), null, words, by, office.Now);
            db.ChangeTracker.Clear();
            if (sends)
                await db.SubmitAsync(side.Id, by, office.Now);
        }

        public Actor ActorOf(EvaluationSide side) => side.PartnerId is { } partner ? PartnerDoor.ActorFor(partner, side.Name) : office.Respondent;

        public async Task<PartnerInvitation> InvitedAsync(string name = "団体0-0", string email = "dantai@partner.example")
        {
            var id = await office.Db.Partners.Where(p => p.Name == name).Select(p => p.Id).SingleAsync();
            await using var db = office.OpenAnother();
            return await db.InviteAsync(id, email, office.Coordinator, office.Now);
        }

        /// <summary>Presses the button; the link's token and the code as the mail brings them.</summary>
        public async Task<(string Token, string Code)> AskedAsync(PartnerInvitation invitation, string browser)
        {
            await using var db = office.OpenAnother();
            await db.AskForLinkAsync((await db.InvitationAsync(invitation.Token))!, browser, office.Now);
            var mail = await db.Outbox.AsNoTracking().Where(m => m.Kind == MailKind.PartnerLink).OrderByDescending(m => m.Id).FirstAsync();
            var code = mail.Body.Split("確認の番号: ")[1][..9];
            return (mail.Page!.Split('/')[^1], code);
        }
    }

    public static IReadOnlyList<TypedMark> Marked(EvaluationSide side, string mark) => [.. side.Evaluation.Asked.Select(asked => new TypedMark(asked.Criterion.No, mark, $"{side.Name}の理由"))];
}
