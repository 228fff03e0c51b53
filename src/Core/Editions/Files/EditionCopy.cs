using System.Text.Json.Nodes;
using Kyodo.Questions;

namespace Kyodo.Editions.Files;

/// <summary>
/// The copy of an edition for one readership: everybody, or all staff. What is only for the secretariat is in neither, so a writer that
/// knows no more than its copy cannot let it out.
/// </summary>
public sealed record EditionCopy(RevisionDraft Draft, bool ForStaff)
{
    public static EditionCopy Public(RevisionDraft draft) => new(draft, ForStaff: false);

    public static EditionCopy Staff(RevisionDraft draft) => new(draft, ForStaff: true);

    public Revision Revision => Draft.Revision;

    public IReadOnlyList<PublishedCase> Cases => Draft.Cases;

    public IReadOnlyList<Question> Questions => ForStaff ? Draft.StaffQuestions : Draft.PublicQuestions;

    public string Title => ForStaff ? $"{Revision.Title}（庁内版）" : Revision.Title;

    public JsonNode? Answer(PublishedCase one, Question question) => Draft.Answer(one, question, ForStaff);

    public string FormName(PublishedCase one) => Revision.Forms.FirstOrDefault(form => form.No == one.FormNo)?.NameJa ?? "";
}
