using System.Text.Json;
using System.Text.Json.Nodes;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Questions;
using Kyodo.Search;

namespace Kyodo.App.Pages.Portal.Data;

/// <summary>A case as programs read it: whole, as a line of a list, and in schema.org's words.</summary>
public static class CaseJson
{
    private const string License = "https://creativecommons.org/licenses/by/4.0/";

    public static JsonObject Whole(PublishedCase one, Revision revision, string site)
    {
        var form = revision.Forms.FirstOrDefault(f => f.No == one.FormNo);
        return new JsonObject
        {
            ["id"] = one.CaseId,
            ["source_id"] = one.SourceId,
            ["project_id"] = one.ProjectId,
            ["title"] = one.Title,
            ["summary"] = one.Summary,
            ["programme"] = new JsonObject { ["key"] = revision.ProgrammeKey, ["name_ja"] = revision.NameJa, ["name_en"] = revision.NameEn },
            ["fiscal_year"] = one.Year.Year,
            ["form"] = new JsonObject { ["no"] = one.FormNo, ["name_ja"] = form?.NameJa, ["name_en"] = form?.NameEn },
            ["unit"] = new JsonObject { ["code"] = one.UnitCode, ["name"] = one.UnitName, ["is_bureau"] = one.IsBureau },
            ["declared"] = one.Declared,
            ["lineage"] = one.Lineage,
            ["status"] = one.Status,
            ["budget_yen"] = one.BudgetYen,
            ["municipalities"] = Strings(one.Municipalities),
            ["themes"] = Strings(one.Themes),
            ["partners"] = Partners(one.Partners),
            ["answers"] = new JsonArray([.. revision.Questions.Where(q => q.Visibility is Visibility.Public && one.Answers[q.Key] is not null).Select(q => Answer(q, one.Answers[q.Key]!))]),
            ["edition"] = new JsonObject
            {
                ["programme"] = revision.ProgrammeKey,
                ["fiscal_year"] = revision.Year.Year,
                ["revision"] = revision.No,
                ["released_at"] = revision.ReleasedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                ["remark"] = revision.Remark,
                ["manifest_sha256"] = revision.ManifestHash,
            },
            ["url"] = site + Addresses.Case(one.CaseId),
            ["permanent_url"] = site + Addresses.CaseAt(revision, one.CaseId),
            ["license"] = License,
        };
    }

    /// <summary>A withdrawn case as a problem document (RFC 9457), with when and why.</summary>
    public static JsonObject Gone(Withdrawal withdrawal) => new()
    {
        ["type"] = "about:blank",
        ["title"] = "この事例は公表を取り下げました。 / This case was withdrawn.",
        ["status"] = 410,
        ["detail"] = withdrawal.Reason,
        ["id"] = withdrawal.CaseId,
        ["withdrawn_at"] = withdrawal.WithdrawnAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    };

    public static JsonObject Line(CaseCard card, string site) => new()
    {
        ["id"] = card.Id,
        ["source_id"] = card.SourceId,
        ["project_id"] = card.ProjectId,
        ["government"] = card.Government,
        ["title"] = card.Title,
        ["summary"] = card.Summary,
        ["programme"] = card.Programme,
        ["fiscal_year"] = card.Year.Year,
        ["form_no"] = card.FormNo,
        ["form"] = card.FormJa,
        ["unit_code"] = card.UnitCode,
        ["unit"] = card.UnitName,
        ["declared"] = card.Declared,
        ["lineage"] = card.Lineage,
        ["status"] = card.Status,
        ["municipalities"] = Strings(card.Municipalities),
        ["themes"] = Strings(card.Themes),
        ["partners"] = Partners(card.Partners),
        ["url"] = site + Addresses.Case(card),
    };

    public static JsonObject SchemaOrg(PublishedCase one, Revision revision, string publisher, string site) => new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "Report",
        ["name"] = one.Title,
        ["abstract"] = one.Summary,
        ["inLanguage"] = "ja",
        ["identifier"] = one.CaseId,
        ["url"] = site + Addresses.CaseAt(revision, one.CaseId),
        ["datePublished"] = revision.ReleasedAt.DayInJapan().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["license"] = License,
        ["keywords"] = Strings(one.Themes),
        ["spatialCoverage"] = Strings(one.Municipalities),
        ["publisher"] = new JsonObject { ["@type"] = "GovernmentOrganization", ["name"] = publisher },
        ["contributor"] = new JsonArray([.. one.Partners.Select(p => (JsonNode)new JsonObject { ["@type"] = "Organization", ["name"] = p.Name })]),
        ["isPartOf"] = new JsonObject { ["@type"] = "PublicationVolume", ["name"] = revision.Title },
    };

    private static JsonObject Answer(Question question, JsonNode value) => new()
    {
        ["key"] = question.Key,
        ["type"] = question.Type,
        ["label_ja"] = question.LabelJa,
        ["label_en"] = question.LabelEn,
        ["value"] = value.DeepClone(),
        ["text"] = Strings(question.AnswerType.Show(question, value)),
    };

    private static JsonNode Partners(IReadOnlyList<PublishedPartner> partners) => JsonSerializer.SerializeToNode(partners, Json.Plain)!;

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
