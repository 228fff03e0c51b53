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

    /// <summary>The revision before, for the same readership; null for the first.</summary>
    public EditionCopy? Before => Draft.Before is { } before ? new EditionCopy(before, ForStaff) : null;

    public IReadOnlyList<PublishedCase> Cases => Draft.Cases;

    public IReadOnlyList<Question> Questions => ForStaff ? Draft.StaffQuestions : Draft.PublicQuestions;

    public string Title => ForStaff ? $"{Revision.Title}（庁内版）" : Revision.Title;

    public JsonNode? Answer(PublishedCase one, Question question) => Draft.Answer(one, question, ForStaff);

    /// <summary>An answer as people read it; empty where there is none.</summary>
    public string Shown(Question question, JsonNode? value) => value is null ? "" : string.Join('\n', Lines(question, value));

    public IEnumerable<string> Lines(Question question, JsonNode value) => question.Type switch
    {
        "form" => FormLines(value),
        "many choices" => [string.Join('、', question.AnswerType.Show(question, value))],
        _ => question.AnswerType.Show(question, value),
    };

    private IEnumerable<string> FormLines(JsonNode value)
    {
        var names = Revision.Forms.ToDictionary(form => form.No, form => $"{form.No} {form.NameJa}");
        if (FormType.Main(value) is { } main)
            yield return names.GetValueOrDefault(main, $"{main}");
        foreach (var also in FormType.Also(value))
            yield return $"（従）{names.GetValueOrDefault(also, $"{also}")}";
        if (value["other"]?.GetValue<string>() is { } other)
            yield return other;
    }

    public string FormName(PublishedCase one) => Revision.Forms.FirstOrDefault(form => form.No == one.FormNo)?.NameJa ?? "";
}
