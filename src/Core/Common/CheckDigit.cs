namespace Kyodo.Common;

/// <summary>Check digits of the two national numbers this product holds.</summary>
public static class CheckDigit
{
    /// <summary>
    /// 全国地方公共団体コード, six digits: the sixth is 11 minus the remainder by 11 of the first five weighted 6 to 2, its last digit
    /// (総務省「全国地方公共団体コード仕様」).
    /// </summary>
    public static bool IsGovernmentCode(string code)
    {
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
            return false;
        var sum = Enumerable.Range(0, 5).Sum(i => (code[i] - '0') * (6 - i));
        return code[5] - '0' == (11 - (sum % 11)) % 10;
    }

    /// <summary>
    /// 法人番号, thirteen digits: the first is 9 minus the remainder by 9 of the other twelve, weighted 1 and 2 in turn from the right
    /// (国税庁「法人番号のチェックデジットの計算」).
    /// </summary>
    public static bool IsCorporateNumber(string number)
    {
        if (number.Length != 13 || !number.All(char.IsAsciiDigit))
            return false;
        var sum = Enumerable.Range(0, 12).Sum(i => (number[12 - i] - '0') * (i % 2 == 0 ? 1 : 2));
        return number[0] - '0' == 9 - (sum % 9);
    }
}
