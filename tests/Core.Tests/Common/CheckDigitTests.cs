using CsCheck;
using Kyodo.Common;
using Xunit;

namespace Kyodo.Core.Tests.Common;

public sealed class CheckDigitTests
{
    // 全国地方公共団体コード: the prefecture and the municipalities of Kumamoto, as the ministry lists them.
    public static readonly TheoryData<string> Kumamoto =
    [
        "430005", "431001", "432024", "432032", "432041", "432059", "432067", "432083", "432105", "432113", "432121", "432130", "432148", "432156",
        "432164", "433489", "433641", "433675", "433683", "433691", "434035", "434043", "434230", "434248", "434256", "434281", "434329", "434337",
        "434418", "434426", "434434", "434442", "434477", "434680", "434825", "434841", "435015", "435058", "435066", "435074", "435104", "435112",
        "435121", "435139", "435147", "435317",
    ];

    [Theory, MemberData(nameof(Kumamoto))]
    public void Codes_of_Kumamoto_are_right(string code) => Assert.True(CheckDigit.IsGovernmentCode(code), code);

    [Theory]
    [InlineData("130001")]
    [InlineData("011002")]
    [InlineData("401307")]
    [InlineData("473821")]
    public void Codes_of_other_prefectures_are_right(string code) => Assert.True(CheckDigit.IsGovernmentCode(code), code);

    [Fact]
    public void A_wrong_last_digit_is_seen()
    {
        foreach (var code in Kumamoto.Select(row => row.Data))
            foreach (var digit in "0123456789".Where(digit => digit != code[5]))
                Assert.False(CheckDigit.IsGovernmentCode(code[..5] + digit), code[..5] + digit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("43000")]
    [InlineData("4300050")]
    [InlineData("43000A")]
    [InlineData("４３０００５")]
    public void What_is_not_six_digits_is_no_code(string code) => Assert.False(CheckDigit.IsGovernmentCode(code));

    [Theory]
    [InlineData("7000020430005")]
    [InlineData("8000020130001")]
    public void Corporate_numbers_of_prefectures_are_right(string number) => Assert.True(CheckDigit.IsCorporateNumber(number), number);

    [Fact]
    public void One_digit_changed_never_passes_as_a_corporate_number_unless_nine_divides_the_change() =>
        Gen.Select(Gen.Int[0, 12], Gen.Char['0', '9']).Sample((place, digit) =>
        {
            const string number = "7000020430005";
            var changed = number.ToCharArray();
            changed[place] = digit;
            // 0 and 9 weigh the same by 9: the ministry's own method cannot tell them apart.
            var same = number[place] == digit || (place > 0 && Math.Abs(number[place] - digit) == 9);
            Assert.Equal(same, CheckDigit.IsCorporateNumber(new string(changed)));
        });
}
