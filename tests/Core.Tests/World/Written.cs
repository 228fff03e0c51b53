using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Rounds;
using Xunit;

namespace Kyodo.Core.Tests.World;

/// <summary>A whole answer as a department writes it, cell by cell, and the case that comes of it.</summary>
internal static class Written
{
    public static Dictionary<string, string> Texts(string title = "ロードクリーンボランティア事業", string programme = "ps")
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = title,
            ["summary"] = "県と地域の団体が美化協定を結び、県道の清掃と花植えを続けています。",
            ["place"] = "山鹿市、菊池市",
            ["unit_contact.unit"] = "道路整備課",
            ["unit_contact.phone"] = "096-333-2497",
            ["unit_contact.mail"] = "road@pref.kumamoto.example",
            ["form"] = "2",
            ["partners"] = "鹿本みち守り隊\n菊池花の会",
            ["partners.kind"] = "ボランティア団体\n地域団体",
            ["partners.count"] = "182",
            ["roles.government"] = "用具の貸出\n保険への加入",
            ["roles.partner"] = "清掃\n花植え",
            ["period.from"] = "平成14年4月1日",
            ["reason"] = "道路の維持費が減り、ごみの苦情が増えていた。",
            ["purpose"] = "道を自分たちのものとして大切にする人を増やす。",
            ["content"] = "年6回の清掃と花植えを行う。",
            ["theme"] = "環境、まちづくり",
            ["declared"] = "継続",
            ["spread"] = "河川や公園でも同じ形で続けられる。",
            ["indicators"] = "協定団体数（団体）: H14=70、H18=182",
            ["self_check"] = "役割分担を文書で確認した",
            ["internal_note"] = "庁内だけの話: 保険の単価は要調整",
        };
        if (programme == "ps")
            (texts["budget.initial"], texts["budget.source"]) = ("5,000", "一般財源");
        else
            texts["resources"] = "会議室と職員の休日の手伝い";
        return texts;
    }

    public static Answers Answers(Inquiry inquiry, Dictionary<string, string> texts)
    {
        var problems = new List<Problem>();
        var context = inquiry.Round.ReadingContext(Office.Municipalities);
        var answers = Kyodo.Cases.Answers.None;
        foreach (var question in inquiry.Round.Questionnaire.Questions)
        {
            var parts = new PartTexts();
            foreach (var part in question.Parts)
                parts[part.Suffix] = texts.GetValueOrDefault(question.PartKey(part), "");
            if (question.Read(parts, context, problems) is { } value)
                answers = answers.With(question.Key, value);
        }
        Assert.Empty(problems);
        return answers;
    }

    extension(Office office)
    {
        /// <summary>The unit's respondent writes a whole case by the web.</summary>
        public async Task<Case> WriteCaseAsync(Inquiry inquiry, Actor? by = null, string title = "ロードクリーンボランティア事業")
        {
            by ??= office.Respondent;
            var one = new Case(inquiry, by, office.Now);
            office.Db.Add(one);
            one.Edit(Answers(inquiry, Texts(title, inquiry.Round.ProgrammeKey)), inquiry, one.Version, "web", by, office.Now);
            await office.Db.SaveChangesAsync();
            return one;
        }
    }
}
