using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Questions;

namespace Kyodo.App.Casebook;

/// <summary>What Casebook.cshtml draws: one copy of an edition, and the page numbers as far as they are known.</summary>
/// <param name="PhotoFolder">Where the revision's photos lie; null draws none.</param>
/// <param name="Volume">Which book of several; null where one book holds everything. The copy of a volume of cases holds its own alone.</param>
public sealed record CasebookModel(EditionCopy Copy, string GovernmentName, PageNumbers Pages, string? PhotoFolder = null, CasebookVolume? Volume = null)
{
    public Revision Revision => Copy.Revision;

    public string ReleaseDay => PartialDate.Of(Revision.ReleasedAt.DayInJapan()).InBothCalendars;

    /// <summary>The forms that have cases, each with its own.</summary>
    public IReadOnlyList<FormOfCasebook> Forms => field ??=
        [.. Revision.Forms.Select(form => new FormOfCasebook(form, [.. Copy.Cases.Where(one => one.FormNo == form.No)])).Where(form => form.Cases.Count > 0)];

    /// <summary>Is it the book with the contents of all volumes?</summary>
    public bool IsOfContents => Volume is { IsOfContents: true };

    /// <summary>Is it one of several books of cases?</summary>
    public bool IsVolume => Volume is { IsOfContents: false };

    /// <summary>The forms that this book prints cases of.</summary>
    public IReadOnlyList<FormOfCasebook> Chapters => IsOfContents ? [] : Forms;

    /// <summary>The page in this book, or volume and page; empty as long as it is not known.</summary>
    public string PageOf(PublishedCase one) => IsOfContents ? Volume!.Places.GetValueOrDefault(one.CaseId, "") : Pages.OfCase(one)?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>部局 and 地域振興局 in their printed order, each with its cases.</summary>
    public IReadOnlyList<UnitOfCasebook> Units => field ??=
        [.. Copy.Cases.OrderBy(one => one.UnitOrder).ThenBy(one => one.Order).GroupBy(one => one.UnitName).Select(unit => new UnitOfCasebook(unit.Key, unit.First().IsBureau, [.. unit]))];

    /// <summary>Cases by the forms they take beside their main one.</summary>
    public IReadOnlyList<PublishedCase> AlsoOf(PublishedForm form) =>
        [.. Copy.Cases.Where(one => Copy.Questions.Where(q => q.Type == "form").Any(q => FormType.Also(Copy.Answer(one, q)).Contains(form.No) && one.FormNo != form.No))];

    public IReadOnlyList<(string Kind, IReadOnlyList<(string Name, IReadOnlyList<PublishedCase> Cases)> Partners)> PartnersByKind =>
    [
        .. from kind in PartnersType.Kinds.Append("")
           let partners = (from one in Copy.Cases
                           from partner in one.Partners
                           where partner.Kind == kind
                           group one by partner.Name into named
                           orderby named.Key
                           select (named.Key, (IReadOnlyList<PublishedCase>)[.. named.Distinct()])).OrderBy(partner => partner.Key, StringComparer.Ordinal).ToList()
           where partners.Count > 0
           select (kind.Length > 0 ? kind : "種別の記載なし", (IReadOnlyList<(string, IReadOnlyList<PublishedCase>)>)partners),
    ];

    public IReadOnlyList<(string Theme, int Count)> Themes =>
        [.. Copy.Cases.SelectMany(one => one.Themes).CountBy(theme => theme).OrderByDescending(theme => theme.Value).ThenBy(theme => theme.Key, StringComparer.Ordinal).Select(theme => (theme.Key, theme.Value))];

    public bool CountsAsDeclared => Copy.Cases.Any(one => one.Lineage == "unknown");

    public CaseOfCasebook Case(PublishedCase one) => new(one, Copy) { PhotoFolder = PhotoFolder };

    public static string CaseAnchor(PublishedCase one) => $"case-{one.CaseId}";

    /// <summary>A text in a CSS string: nothing in a form's name can end it.</summary>
    public static string CssString(string text) => $"\"{string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c == ' ' ? c.ToString() : $"\\{(int)c:x} "))}\"";
}

public sealed record FormOfCasebook(PublishedForm Form, IReadOnlyList<PublishedCase> Cases)
{
    public string Heading => $"{Form.No} {Form.NameJa}";
}

public sealed record UnitOfCasebook(string Name, bool IsBureau, IReadOnlyList<PublishedCase> Cases);

/// <summary>
/// One case on its page. A question finds its place by its type: short answers are facts above the story, partners and roles stand face to
/// face, the rest tells the story in the order of the questionnaire.
/// </summary>
public sealed record CaseOfCasebook(PublishedCase One, EditionCopy Copy)
{
    private const string Sample = "（見本）";

    public string? PhotoFolder { get; init; }

    /// <summary>The first photo, as large as a third of the page's width needs, and its file's address.</summary>
    public (Photograph Photo, string Address)? Photo => PhotoFolder is not null && One.Photos(Copy.Revision) is [var photo, ..]
        ? (photo, new Uri(Path.Combine(PhotoFolder, photo.FileName)).AbsoluteUri)
        : null;

    /// <summary>Shown elsewhere on the page: in the heading, the lead and the badge.</summary>
    private static readonly HashSet<string> Apart = new(["title", "summary", "declared"], StringComparer.Ordinal);

    private static readonly HashSet<string> FaceToFace = new(["partner list", "roles"], StringComparer.Ordinal);

    private static readonly HashSet<string> Telling = new(["long text", "indicator series", "addresses", "file"], StringComparer.Ordinal);

    public bool IsSample => One.Title.Contains(Sample, StringComparison.Ordinal);

    /// <summary>The title, with 見本 apart so that it can be set smaller.</summary>
    public (string Before, string Sample, string After) Title => One.Title.IndexOf(Sample, StringComparison.Ordinal) is >= 0 and var at
        ? (One.Title[..at], Sample, One.Title[(at + Sample.Length)..])
        : (One.Title, "", "");

    public string Status => CaseStatus.Japanese(One.Status);

    public IEnumerable<AnsweredQuestion> Facts => Answered.Where(answered => !FaceToFace.Contains(answered.Question.Type) && !Telling.Contains(answered.Question.Type));

    public IEnumerable<AnsweredQuestion> Story => Answered.Where(answered => Telling.Contains(answered.Question.Type) && answered.Question.Type != "file");

    public JsonNode? Partners => Answered.FirstOrDefault(answered => answered.Question.Type == "partner list")?.Value;

    public JsonNode? Roles => Answered.FirstOrDefault(answered => answered.Question.Type == "roles")?.Value;

    private IEnumerable<AnsweredQuestion> Answered =>
        from question in Copy.Questions
        where !Apart.Contains(question.Key)
        let value = Copy.Answer(One, question)
        where value is not null
        select new AnsweredQuestion(question, value);

    /// <summary>The short answer as lines; dates in both calendars, forms with their names.</summary>
    public IEnumerable<string> Lines(AnsweredQuestion answered) => (answered.Question.Type, answered.Value) switch
    {
        ("date", var date) => [Day(date)],
        ("period", var period) => [$"{Day(period["from"])}～{Day(period["to"])}"],
        ("form", var form) =>
        [
            .. new[] { FormType.Main(form) ?? 0 }.Concat(FormType.Also(form)).Select((no, i) => (i > 0 ? "あわせて " : "") + FormName(no)),
            .. form["other"]?.GetValue<string>() is { } other ? new[] { other } : [],
        ],
        ("many choices", _) => [string.Join("、", answered.Shown)],
        ("short text", _) when answered.Question.Unit is { } unit => [.. answered.Shown.Select(line => line + unit)],
        _ => answered.Shown,
    };

    private string FormName(int no) => Copy.Revision.Forms.FirstOrDefault(form => form.No == no) is { } form ? $"{form.No} {form.NameJa}" : "";

    private static string Day(JsonNode? iso) => PartialDate.TryParse(iso?.GetValue<string>(), out var date) ? date.InBothCalendars : "";
}

public sealed record AnsweredQuestion(Question Question, JsonNode Value)
{
    public IReadOnlyList<string> Shown => Question.AnswerType.Show(Question, Value);
}
