using System.Globalization;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.Samples;

/// <summary>An invented project: who, where and what follow from its seed alone, its figures and what came of it from the year too.</summary>
internal readonly record struct GeneratedProject(ulong Seed, int FirstYear, int LastYear)
{
    public string Id => PublicId.Of(Seed);

    public string CaseId(FiscalYear year) => PublicId.Of(Dice.Mix(Seed, (ulong)year.Year));

    public string Declared(FiscalYear year) => year.Year == FirstYear ? "新規" : year.Year == LastYear ? "終了" : "継続";

    /// <summary>The answers of one year, as the questionnaire keeps them.</summary>
    public GeneratedCase In(FiscalYear year, GeneratedPrefecture prefecture, string programme, IReadOnlyList<PublishedForm> forms)
    {
        var words = prefecture.Words;
        var dice = new Dice(Seed);
        var theme = dice.Of(words.Themes);
        var also = dice.Chance(45) ? dice.Of(theme.Also) : null;
        var form = forms[Math.Min(dice.Below(forms.Count), dice.Below(forms.Count + 1))];
        // Thrown apart: a merged municipality or an abolished unit changes nothing else of the project.
        var where = new Dice(Dice.Mix(Seed, 2));
        var place = prefecture.Place(ref where, year);
        var who = new Dice(Dice.Mix(Seed, 3));
        var unit = prefecture.Unit(ref who, theme, place, year);
        var partners = prefecture.Partners(ref dice, theme);
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["p"] = place[0],
            ["a"] = words.Locality(ref dice),
            ["s"] = dice.Of(theme.Subjects),
            ["d"] = dice.Of(theme.Doings),
            ["g"] = partners[0].Name.Replace("（見本）", "", StringComparison.Ordinal),
            ["u"] = unit.Name,
            ["one"] = "",
        };
        names["one"] = GeneratedWords.Fill(dice.Of(theme.Steps), ref dice, names);
        var title = TextForms.UpTo(90, GeneratedWords.Fill(dice.Of(words.Titles), ref dice, names)) + "（見本）";
        var summary = GeneratedWords.Fill(dice.Of(words.Summaries), ref dice, names);
        var reason = GeneratedWords.Fill(dice.Of(theme.Problems), ref dice, names);
        var purpose = GeneratedWords.Fill(dice.Of(theme.Aims), ref dice, names);
        var government = dice.Some(words.GovernmentRoles, dice.Between(2, 4));
        var other = dice.Some(words.PartnerRoles, dice.Between(2, 4));
        var detail = $"{names["a"]}を中心に{dice.Between(2, 30)}か所";
        var (first, slope) = (dice.Between(20, 200), dice.Between(-5, 18));
        var measure = dice.Of(theme.Measures);
        var budget = (long)dice.Between(10, 900) * 10_000;
        // What is told of one year.
        var now = new Dice(Dice.Mix(Seed, (ulong)year.Year + 7));
        string Told(string sentence) => GeneratedWords.Fill(sentence, ref now, names);
        var content = string.Join('\n', [$"{year.Japanese}は次のことに取り組んだ。", .. now.Some(theme.Steps, now.Between(2, 4)).Select(step => "・" + Told(step))]);
        var answers = new JsonObject
        {
            ["title"] = title,
            ["summary"] = summary,
            ["place"] = new JsonObject { ["municipalities"] = Strings(place), ["detail"] = detail },
            ["unit_contact"] = new JsonObject { ["unit"] = unit.Name, ["phone"] = "096-000-" + now.Between(1000, 9999).ToString(CultureInfo.InvariantCulture), ["mail"] = $"{unit.Code}@mihon.example" },
            ["form"] = new JsonObject { ["main"] = form.No },
            ["partners"] = new JsonObject { ["partners"] = new JsonArray([.. partners.Select(p => (JsonNode)new JsonObject { ["name"] = p.Name, ["kind"] = p.Kind })]) },
            ["roles"] = new JsonObject { ["government"] = Strings(government.Select(Told)), ["partner"] = Strings(other.Select(Told)) },
            ["period"] = Period(year),
            ["reason"] = reason,
            ["purpose"] = purpose,
            ["content"] = content,
            ["theme"] = also is null ? Strings([theme.Name]) : Strings([theme.Name, also]),
            ["declared"] = Declared(year),
            ["spread"] = Told(now.Of(words.Spreads)),
            ["indicators"] = Indicators(year, measure[0], measure[1], first, slope),
            ["result"] = Told(now.Of(theme.Results)),
            ["lessons"] = Told(now.Of(theme.Lessons)),
        };
        if (programme == "ps")
            answers["budget"] = new JsonObject { ["initial"] = budget, ["source"] = now.Of(words.Sources) };
        else
            answers["resources"] = Told(now.Of(words.Resources));
        return new GeneratedCase(this, title, summary, form.No, unit, place, also is null ? [theme.Name] : [theme.Name, also], partners, programme == "ps" ? budget : null, answers);
    }

    private JsonObject Period(FiscalYear year)
    {
        var period = new JsonObject { ["from"] = string.Create(CultureInfo.InvariantCulture, $"{FirstYear}-04") };
        if (year.Year == LastYear)
            period["to"] = string.Create(CultureInfo.InvariantCulture, $"{LastYear + 1}-03");
        return period;
    }

    private JsonArray Indicators(FiscalYear year, string name, string unit, int first, int slope)
    {
        var values = new JsonArray();
        for (var at = Math.Max(FirstYear, year.Year - 5); at <= year.Year; at++)
            values.Add(new JsonObject { ["year"] = at, ["value"] = Math.Max(0, first + (slope * (at - FirstYear)) + (int)(Dice.Mix(Seed, (ulong)at + 99) % 9)) });
        return [new JsonObject { ["name"] = name, ["unit"] = unit, ["values"] = values }];
    }

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}

/// <summary>A generated project's answers of one year.</summary>
internal sealed record GeneratedCase(
    GeneratedProject Project, string Title, string Summary, int FormNo, GeneratedUnit Unit, IReadOnlyList<string> Municipalities, IReadOnlyList<string> Themes, IReadOnlyList<PublishedPartner> Partners, long? BudgetYen,
    JsonObject Answers);
