using System.Text.Json.Nodes;
using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>
/// 写真: pictures with alternative text, credit and rights, in the order in which they are shown. JSON: <c>[{id, width, height, alt, credit, rights}]</c>,
/// where <c>id</c> is the SHA-256 of the kept JPEG and the sizes are its pixels. They are handed in beside the texts and stand in no workbook.
/// </summary>
public sealed class FileType : AnswerType
{
    public const int Most = 6;
    public const int LongestAlt = 150;
    public const string TakeOut = "外す";

    private const int LongestCredit = 60;

    /// <summary>What may be said of the rights; whoever says nothing, or the last, keeps the picture out of what is published.</summary>
    public static IReadOnlyList<string> Rights { get; } =
    [
        "県が権利を持つ（人は写っていない）", "県が権利を持つ（写っている人の同意あり）",
        "提供者の許可あり（人は写っていない）", "提供者の許可あり（写っている人の同意あり）",
        "確認中（まだ公表しない）",
    ];

    public override string Name => "file";

    public override string LabelJa => "写真";

    public override bool CanBeAdded => false;

    public override IReadOnlyList<Part> Parts(Question question) => [];

    public override IReadOnlyList<Part> Fields(Question question) =>
    [
        new("id", "番号", "id", PartKind.Line, 64) { InRows = true },
        new("alt", "代替テキスト", "alternative text", PartKind.Line, LongestAlt) { InRows = true },
        new("credit", "撮影者・提供者", "credit", PartKind.Line, LongestCredit) { InRows = true },
        new("rights", "権利", "rights", PartKind.Choice) { InRows = true, Choices = Rights },
        new("place", "順番", "place", PartKind.Choice) { InRows = true, Choices = [.. Enumerable.Range(1, Most).Select(i => $"{i}"), TakeOut] },
    ];

    public override JsonNode? Read(Reading reading)
    {
        var columns = new[] { "id", "alt", "credit", "rights", "place" }.Select(suffix => reading.Lines(suffix, keepBlank: true)).ToList();
        string At(int column, int row) => row < columns[column].Count ? columns[column][row] : "";
        var photos = new List<(int Place, JsonObject Photo)>();
        for (var row = 0; row < columns[0].Count; row++)
        {
            if (At(0, row) is not { Length: 64 } id || At(4, row) == TakeOut)
                continue;
            foreach (var (column, most) in new[] { (1, LongestAlt), (2, LongestCredit) }.Where(limit => At(limit.Item1, row).Length > limit.Item2))
                reading.Wrong($"写真{row + 1}の{(column == 1 ? "代替テキスト" : "撮影者・提供者")}は{most}字以内で書いてください（いま{At(column, row).Length}字）。", column == 1 ? "alt" : "credit");
            if (At(3, row) is { Length: > 0 } rights && !Rights.Contains(rights))
                reading.Wrong($"写真{row + 1}の権利「{rights}」は選べません。一覧から選んでください。", "rights");
            photos.Add((int.TryParse(At(4, row), out var place) ? place : row + 1, Json(id, 0, 0, At(1, row), At(2, row), At(3, row))));
        }
        return photos.Count > 0 ? new JsonArray([.. photos.OrderBy(photo => photo.Place).Select(photo => (JsonNode)photo.Photo)]) : null;
    }

    public override PartTexts Write(Question question, JsonNode value)
    {
        var photos = Of(value);
        string Column(Func<Photograph, int, string> text) => string.Join('\n', photos.Select(text));
        return new PartTexts
        {
            ["id"] = Column((photo, _) => photo.Id),
            ["alt"] = Column((photo, _) => photo.Alt),
            ["credit"] = Column((photo, _) => photo.Credit),
            ["rights"] = Column((photo, _) => photo.Rights),
            ["place"] = Column((_, i) => $"{i + 1}"),
        };
    }

    public override IReadOnlyList<string> Show(Question question, JsonNode value) =>
        [.. Of(value).Select((photo, i) => $"{(photo.Alt.Length > 0 ? photo.Alt : $"写真{i + 1}")}{(photo.Credit.Length > 0 ? $"（{photo.Credit}）" : "")}")];

    public override bool IsComplete(JsonNode? value) => Of(value) is { Count: > 0 } photos && photos.All(photo => photo.Alt.Length > 0);

    /// <summary>Nobody needs a photo; but one that is there must be told to those who do not see it.</summary>
    public override bool IsHalf(JsonNode value) => !IsComplete(value);

    public static IReadOnlyList<Photograph> Of(JsonNode? value) => value is JsonArray photos
        ? [.. photos.Select(photo => new Photograph(Text(photo, "id"), Number(photo, "width"), Number(photo, "height"), Text(photo, "alt"), Text(photo, "credit"), Text(photo, "rights")))]
        : [];

    /// <summary>
    /// What a form says of the photos, for those that the case already has: a photo comes in by being handed in, never by its number.
    /// </summary>
    public static JsonNode? Known(JsonNode? typed, JsonNode? before)
    {
        var known = Of(before).ToDictionary(photo => photo.Id, StringComparer.Ordinal);
        var photos = Of(typed).Where(photo => known.ContainsKey(photo.Id)).DistinctBy(photo => photo.Id)
            .Select(photo => (JsonNode)Json(photo.Id, known[photo.Id].Width, known[photo.Id].Height, photo.Alt, photo.Credit, photo.Rights)).ToArray();
        return photos.Length > 0 ? new JsonArray(photos) : null;
    }

    /// <summary>The answer with one photo more; refused when it is there already or there are too many.</summary>
    public static JsonNode With(JsonNode? before, string id, int width, int height)
    {
        var photos = Of(before);
        if (photos.Any(photo => photo.Id == id))
            throw new Refusal("同じ写真がもうあります。");
        if (photos.Count >= Most)
            throw new Refusal($"写真は1つの事例に{Most}枚までです。ほかの写真を外してから加えてください。");
        return new JsonArray([.. photos.Select(photo => (JsonNode)Json(photo.Id, photo.Width, photo.Height, photo.Alt, photo.Credit, photo.Rights)), Json(id, width, height, "", "", "")]);
    }

    private static JsonObject Json(string id, int width, int height, string alt, string credit, string rights) =>
        new() { ["id"] = id, ["width"] = width, ["height"] = height, ["alt"] = alt, ["credit"] = credit, ["rights"] = rights };

    private static string Text(JsonNode? photo, string name) => photo?[name]?.GetValue<string>() ?? "";

    private static int Number(JsonNode? photo, string name) => photo?[name]?.GetValue<int>() ?? 0;
}

/// <summary>One photo of a case and what is said of it.</summary>
public sealed record Photograph(string Id, int Width, int Height, string Alt, string Credit, string Rights)
{
    /// <summary>Somebody has said whose it is, and that whoever is in it agrees.</summary>
    public bool MayBePublished => Rights.Length > 0 && Rights != FileType.Rights[^1] && FileType.Rights.Contains(Rights) && Alt.Length > 0;

    /// <summary>The file's name in a revision.</summary>
    public string FileName => $"photo-{Id[..16]}.jpg";

    public string ThumbnailName => $"photo-{Id[..16]}-480.jpg";
}
