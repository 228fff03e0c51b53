using CsCheck;
using Kyodo.Common;
using Kyodo.Core.Tests.Questions;
using Xunit;

namespace Kyodo.Core.Tests.Common;

public sealed class TextFormsTests
{
    [Theory]
    [InlineData("特定非営利活動法人みどり", "NPO法人みどり")]
    [InlineData("（特非）みどり", "ＮＰＯ法人 みどり")]
    [InlineData("㈱くまもと", "株式会社くまもと")]
    [InlineData("(株) くまもと", "株式会社 くまもと")]
    public void One_organisation_written_in_two_ways_has_one_key(string one, string other) =>
        Assert.Equal(TextForms.OrganisationKey(one), TextForms.OrganisationKey(other));

    [Fact]
    public void Different_organisations_keep_different_keys() =>
        Assert.NotEqual(TextForms.OrganisationKey("NPO法人みどり"), TextForms.OrganisationKey("社会福祉法人みどり"));

    [Fact]
    public void Whatever_comes_is_made_sound_and_stays_so() => HostileText.Any.Sample(text =>
    {
        var clean = TextForms.Clean(text);
        Assert.Equal(clean, TextForms.Clean(clean));
        Assert.DoesNotContain(clean, c => char.IsControl(c) && c is not '\n' and not '\t');
        Assert.True(clean.EnumerateRunes().All(rune => rune.Value is not 0), "no NUL");
        Assert.Equal(clean, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(clean)));
        var folded = TextForms.Fold(text);
        Assert.Equal(folded, TextForms.Fold(folded));
        Assert.Equal(TextForms.Key(text), TextForms.Key(TextForms.Key(text)));
    });
}
