using Kyodo.Common;
using Kyodo.Questions;

namespace Kyodo.Compilation.Checks;

/// <summary>Whether the other side is named as the form of collaboration and the lists want it.</summary>
internal static class PartnerChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("form-and-partner", Severity.Warning, one =>
            FormType.Main(one.Answers["form"]) is { } form && one.Context.PartnerKinds.GetValueOrDefault(form) is { Count: > 0 } kinds
            && PartnersType.Of(one.Answers["partners"]) is { Count: > 0 } partners && !partners.Any(p => kinds.Contains(p.Kind))
                ? [($"協働形態「{one.Context.Forms.FirstOrDefault(f => f.No == form)}」の相手方は{string.Join("・", kinds)}のはずですが、どれもありません。", "form")] : []),
        new("local-form", Severity.Warning, one =>
            one.Context.Questions.FirstOrDefault(q => q.Type == LocalFormType.TypeName) is not { } local || one.Answers.Text(local.Key) is not { Length: > 0 } said ? []
            : Crosswalk.FormOf(one.Context.Forms, said) is not { } known ? [($"「{said}」は対応表にない呼び方です。協働形態を確かめ、同じ呼び方が続くときは、制度の対応表に加えてください。", local.Key)]
            : FormType.Main(one.Answers["form"]) is { } main && main != known.No ? [($"「{said}」は対応表では「{known}」ですが、「{one.Context.Forms.FirstOrDefault(f => f.No == main)}」と回答しています。", "form")] : []),
        new("partner-count", Severity.Warning, one =>
            one.Answers["partners"]?["count"]?.GetValue<int>() is { } count && PartnersType.Of(one.Answers["partners"]).Count is var listed && count < listed
                ? [($"相手方の団体数は{count}ですが、名前は{listed}あります。", "partners")] : []),
        new("dead-municipality", Severity.Warning, one => one.Context.Municipalities.Count == 0 ? [] :
            PlaceType.Municipalities(one.Answers["place"]).Where(name => !one.Context.Municipalities.Contains(name))
                .Select(name => ($"「{name}」は{one.Context.Year.Japanese}の市町村ではありません。合併後の名前を確かめてください。", (string?)"place"))),
    ];
}
