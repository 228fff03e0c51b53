using Kyodo.Compilation;
using Kyodo.Questions;
using Kyodo.Rounds;

namespace Kyodo.App.Pages.Staff.Compilation;

/// <summary>One case as the table shows it.</summary>
public sealed record CaseRow(
    string Id, string Title, CompiledReply Reply, int? FormNo, string Form, string Summary, string Partners, string Declared, decimal? BudgetThousand, int Done, int Needed, bool IsApproved)
{
    public string Address => $"/staff/cases/{Reply.InquiryId}/{Id}/view";

    public bool CountsInEdition => IsApproved && Reply.Status is InquiryStatus.Accepted;

    public static CaseRow Of(CompiledCase one, IReadOnlyList<Question> questions, IReadOnlyList<NumberedForm> forms)
    {
        var answers = one.Case.Answers;
        var (done, needed) = one.Case.Completeness(questions);
        var main = FormType.Main(answers["form"]);
        return new CaseRow(one.Case.Id, one.Case.Title.Length > 0 ? one.Case.Title : "（無題）", one.Reply, main, forms.FirstOrDefault(f => f.No == main)?.ToString() ?? "",
            answers.Text("summary"), string.Join("、", PartnersType.Of(answers["partners"]).Select(p => p.Name)), answers.Text("declared"),
            BudgetType.LatestYen(answers["budget"]) is { } yen ? yen / 1000m : null, done, needed, one.IsApproved);
    }
}

/// <summary>One unit's reply, with the version that a decision on it names.</summary>
public sealed record ReplyRow(CompiledReply Reply, long Version, int Cases, string? WhyNotAccept, string? WhyNotAskBack)
{
    public string Seen => $"{Reply.InquiryId}:{Version}";
}
