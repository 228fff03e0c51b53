using System.Text.RegularExpressions;
using Xunit;

namespace Kyodo.Core.Tests.Architecture;

/// <summary>What the compiler of pages lets through.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void No_value_follows_a_Japanese_word_unbracketed_for_then_its_name_is_printed_like_a_mail_address()
    {
        var pages = Directory.GetFiles(Path.Combine(StagesTests.Repository(), "src", "App"), "*.cshtml", SearchOption.AllDirectories);
        Assert.NotEmpty(pages);
        Assert.Empty(pages.SelectMany(page => File.ReadLines(page).Where(line => LooksLikeAnAddress().IsMatch(line)).Select(line => $"{Path.GetFileName(page)}: {line.Trim()}")));
    }

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]@[A-Za-z]", RegexOptions.None, 1000)]
    private static partial Regex LooksLikeAnAddress();
}
