using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Compilation.Checks;

/// <summary>What is missing, too long, or no answer at all.</summary>
internal static class ContentChecks
{
    private const int LongTitle = 60;
    private const int LongSummary = 300;
    private const int LongestPlaceholder = 20;

    /// <summary>Words that refer to some other place, or say nothing.</summary>
    private static readonly HashSet<string> Placeholders = new(
        ["同上", "上記のとおり", "上記の通り", "別紙のとおり", "別紙の通り", "別紙", "別紙参照", "別添", "別添のとおり", "別添参照", "なし", "特になし", "特に無し", "該当なし", "未定", "検討中", "-", "ー", "○○", "xxx", "test", "テスト"], StringComparer.Ordinal);

    public static IReadOnlyList<Check> All { get; } =
    [
        new("missing", Severity.Error, one => one.Missing.Select(q => ($"「{q.LabelJa}」がありません。", (string?)q.Key))),
        new("other-form", Severity.Warning, one =>
            one.Context.Forms.FirstOrDefault(f => f.No == FormType.Main(one.Answers["form"])) is { AsksForText: true } && one.Answers["form"]?["other"] is null
                ? [("協働形態が「その他」ですが、その内容がありません。", "form")] : []),
        new("long-title", Severity.Warning, one => one.Title.Length > LongTitle ? [($"事業名が長く（{one.Title.Length}字）、一覧で見えにくくなります。", "title")] : []),
        new("long-summary", Severity.Warning, one => one.Answers.Text("summary") is { Length: > LongSummary } summary ? [($"概要が{summary.Length}字あります。一覧と国の事例データでは{LongSummary}字までです。", "summary")] : []),
        new("summary-is-title", Severity.Warning, one =>
            one.Title.Length > 0 && TextForms.Key(one.Answers.Text("summary")) == TextForms.Key(one.Title) ? [("概要が事業名と同じです。何をするのかが分かりません。", "summary")] : []),
        new("placeholder", Severity.Warning, one => one.Texts
            .Where(t => t.Question.Needed && t.Folded.Length <= LongestPlaceholder && Bare(t) is { Length: > 0 } bare && Placeholders.Contains(bare))
            .Select(t => ($"「{t.Question.LabelJa}」が「{t.Folded}」だけです。ここだけを読む人に分かるように書いてください。", (string?)t.Question.Key))),
        new("copied-help", Severity.Warning, one => one.Texts
            .Where(t => t.Key.Length >= 8 && (t.Key == t.Asked.HelpKey || (t.Question.Key != "title" && t.Key == t.Asked.ExampleKey)))
            .Select(t => ($"「{t.Question.LabelJa}」が、記入例や説明の文のままです。", (string?)t.Question.Key))),
        new("photo-rights", Severity.Warning, one => one.Context.Questions
            .Where(q => q.AnswerType is FileType && q.Visibility is Visibility.Public && FileType.Of(one.Answers[q.Key]).Any(photo => !photo.MayBePublished))
            .Select(q => ($"「{q.LabelJa}」の{FileType.Of(one.Answers[q.Key]).Count(photo => !photo.MayBePublished)}枚は、公表の権利が書かれていないため、この版には入りません。", (string?)q.Key))),
        new("plain-link", Severity.Warning, one => AddressesType.Of(one.Answers["links"])
            .Where(link => !link.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            .Select(link => ($"関連リンク「{link.Url}」が https ではありません。いまのアドレスを確かめてください。", (string?)"links"))),
        new("broken-link", Severity.Warning, one => AddressesType.Of(one.Answers["links"])
            .Where(link => !Uri.TryCreate(link.Url, UriKind.Absolute, out var uri) || !uri.Host.Contains('.', StringComparison.Ordinal) || uri.Host.EndsWith('.'))
            .Select(link => ($"関連リンク「{link.Url}」のアドレスの形が正しくありません。", (string?)"links"))),
    ];

    private static string Bare(AnswerText text) => text.Key.Trim('。', '(', ')', '.', '「', '」');
}
