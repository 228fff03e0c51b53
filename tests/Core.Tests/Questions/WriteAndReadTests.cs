using System.Text.Json.Nodes;
using CsCheck;
using Kyodo.Common;
using Kyodo.Questions;
using Xunit;

namespace Kyodo.Core.Tests.Questions;

/// <summary>What a type writes into a workbook it reads back as the same answer.</summary>
public sealed class WriteAndReadTests
{
    private static readonly Gen<string> Word = Gen.String["あいう県道清掃ＡＢ ab（）:=、・0123～"].Select(TextForms.Clean).Where(text => text.Length is > 0 and <= 30);
    private static readonly Gen<string> Day = Gen.DateOnly[new DateOnly(1950, 1, 1), new DateOnly(2100, 12, 31)].Select(day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    private static readonly Gen<string> Yen = Gen.Long[0, 900_000_000_000].Select(yen => $"{yen}円");

    // A filled cell for each part; every one may also stay empty.
    private static readonly Dictionary<string, Gen<(string Suffix, string Text)[]>> Answers = new(StringComparer.Ordinal)
    {
        ["short text"] = Parts(("", Word)),
        ["long text"] = Parts(("", Word.List[1, 4].Select(lines => string.Join('\n', lines)))),
        ["choice"] = Parts(("", HostileText.OneOf("環境", "福祉", "まちづくり"))),
        ["many choices"] = Parts(("", HostileText.OneOf("環境", "福祉", "まちづくり").List[1, 4].Select(chosen => string.Join('、', chosen)))),
        ["number"] = Parts(("", Gen.Decimal[-1_000_000, 1_000_000].Select(number => Math.Round(number, 4).ToString(System.Globalization.CultureInfo.InvariantCulture)))),
        ["amount"] = Parts(("", Yen)),
        ["budget"] = Parts(("initial", Yen), ("amended", Yen), ("settled", Yen), ("source", Word)),
        ["date"] = Parts(("", Day)),
        ["period"] = Parts(("from", Day)),
        ["place"] = Parts(("", HostileText.OneOf("県全域", "熊本市", "山鹿市、菊池市", "八代市\n熊本市")), ("detail", Word)),
        ["unit and contact"] = Parts(("unit", Word), ("phone", HostileText.OneOf("096-333-2287", "096-333-2287（内線 5201）")), ("mail", Gen.Const("kyodo@pref.example.jp"))),
        ["form"] = Parts(("", HostileText.OneOf("1", "2 事業協定", "共催", "（7）")), ("also", HostileText.OneOf("3", "1、3", "2 事業協定")), ("other", Word)),
        ["partner list"] = Gen.Select(Word, HostileText.OneOf([.. PartnersType.Kinds]), HostileText.OneOf("", "7000020430005")).List[1, 5].Select(partners => new[]
        {
            ("", string.Join('\n', partners.Select(p => p.Item1))),
            ("kind", string.Join('\n', partners.Select(p => p.Item2))),
            ("number", string.Join('\n', partners.Select(p => p.Item3))),
            ("count", "50"),
        }),
        ["roles"] = Parts(("government", Word.List[1, 3].Select(lines => string.Join('\n', lines))), ("partner", Word)),
        ["indicator series"] = Gen.Select(Gen.String["団体数延長清掃"].Where(name => name.Length is > 0 and < 20), Gen.Int[14, 30], Gen.Int[0, 99_999]).List[1, 4]
            .Select(series => new[] { ("", string.Join('\n', series.Select(s => $"{s.Item1}（件）: H{s.Item2}={s.Item3}、H13={s.Item3 / 10m}"))) }),
        ["addresses"] = Parts(("", HostileText.OneOf("事業のページ https://www.pref.kumamoto.example/road", "https://www.pref.kumamoto.example/a?b=c#d"))),
    };

    public static TheoryData<string> Asked => [.. Answers.Keys];

    [Fact]
    public void No_type_is_left_out_here() => Assert.Equal(
        Sample.Types.Where(type => type is not "file" and not "computed").Order(StringComparer.Ordinal),
        Answers.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Asked))]
    public void What_is_written_reads_back_as_the_same_answer(string type)
    {
        var question = Sample.Of(type);
        Answers[type].Sample(parts =>
        {
            var (first, problems) = Read(question, Sample.Texts(parts));
            Assert.Empty(problems);
            if (first is null)
                return;
            // As it comes back from the database.
            var kept = JsonNode.Parse(first.ToJsonString(Json.Plain))!;
            var (again, more) = Read(question, question.AnswerType.Write(question, kept));
            Assert.Empty(more);
            Assert.True(JsonNode.DeepEquals(kept, again), $"{kept.ToJsonString(Json.Plain)} became {again?.ToJsonString(Json.Plain)}");
            Assert.NotEmpty(question.AnswerType.Show(question, kept));
        }, iter: 1000);
    }

    [Theory, MemberData(nameof(Asked))]
    public void Nothing_written_is_no_answer_and_no_mistake(string type)
    {
        var (answer, problems) = Read(Sample.Of(type), Sample.Texts(("", " \n　")));
        Assert.Null(answer);
        Assert.Empty(problems);
    }

    [Theory, MemberData(nameof(Asked))]
    public void No_text_of_anybody_breaks_a_type(string type)
    {
        var question = Sample.Of(type);
        foreach (var text in HostileText.Known)
            ReadAll(question, text);
        HostileText.Any.Sample(text => ReadAll(question, text), iter: 1000);
    }

    private static void ReadAll(Question question, string text)
    {
        foreach (var part in question.Parts)
        {
            var (answer, problems) = Read(question, Sample.Texts((part.Suffix, text)));
            Assert.All(problems, problem => Assert.Contains(problem.Field, question.Parts.Select(question.PartKey).Append(question.Key)));
            if (answer is null || problems.Count > 0)
                continue;
            // What was taken without a word can be kept, shown and written.
            var kept = JsonNode.Parse(answer.ToJsonString(Json.Plain))!;
            Assert.DoesNotContain('\0', answer.ToJsonString(Json.Plain));
            question.AnswerType.Show(question, kept);
            var (again, more) = Read(question, question.AnswerType.Write(question, kept));
            Assert.Empty(more);
            Assert.True(JsonNode.DeepEquals(kept, again), kept.ToJsonString(Json.Plain));
        }
    }

    private static (JsonNode? Answer, List<Problem> Problems) Read(Question question, PartTexts texts)
    {
        var problems = new List<Problem>();
        return (question.Read(texts, Sample.Context, problems), problems);
    }

    private static Gen<(string Suffix, string Text)[]> Parts(params (string Suffix, Gen<string> Text)[] parts) =>
        parts.Aggregate(
            Gen.Const(Array.Empty<(string, string)>()),
            (all, part) => Gen.Select(all, Gen.OneOf(part.Text, Gen.Const(""))).Select((before, text) => before.Append((part.Suffix, text)).ToArray()));
}
