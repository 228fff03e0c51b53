using Kyodo.Common;

namespace Kyodo.Questions;

/// <summary>対応表: what others call a form of collaboration (a municipality's own words, another prefecture's forms), and which of ours it is.</summary>
public static class Crosswalk
{
    /// <summary>The form of that name, or of that other name, in any width; null where the crosswalk does not know the word.</summary>
    public static NumberedForm? FormOf(IEnumerable<NumberedForm> forms, string written)
    {
        var key = TextForms.Key(written);
        return key.Length == 0 ? null : forms.FirstOrDefault(form => TextForms.Key(form.Name) == key || form.AlsoCalled.Any(word => TextForms.Key(word) == key));
    }
}
