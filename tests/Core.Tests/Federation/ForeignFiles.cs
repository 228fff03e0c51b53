using System.Text;
using System.Text.Json.Nodes;
using Kyodo.Federation;

namespace Kyodo.Core.Tests.Federation;

/// <summary>Files as another government's site holds them, and what may be wrong with them.</summary>
internal sealed class ForeignFiles
{
    public const string Code = "400009";

    public JsonObject Cases { get; } = JsonNode.Parse("""
        {
          "edition": { "programme": "ps", "name": "協働の事例", "name_en": "Collaboration", "fiscal_year": 2008, "revision": 1, "released_at": "2009-05-01T00:00:00+00:00", "licence": "CC BY 4.0" },
          "forms": [ { "no": 1, "name_ja": "共催", "name_en": "Co-hosting", "door": "ps" } ],
          "questions": [
            { "key": "title", "type": "short text", "label_ja": "事業名" },
            { "key": "summary", "type": "long text", "label_ja": "概要" },
            { "key": "reason", "type": "long text", "label_ja": "協働した理由" },
            { "key": "memo", "type": "long text", "label_ja": "内部のメモ", "visibility": "Internal" },
            { "key": "novel", "type": "hologram", "label_ja": "知らない型" }
          ],
          "cases": [
            { "case_id": "fkka00000001", "project_id": "pfkka0000001", "title": "筑後川の水辺をみんなで歩く", "form_no": 1, "declared": "新規", "lineage": "new", "status": "new", "unit_code": "kawa", "unit": "河川課",
              "municipalities": ["久留米市"], "themes": ["環境の保全"], "partners": [ { "id": "partner00001", "name": "水辺の会", "kind": "NPO法人" } ], "budget_yen": 120000,
              "answers": { "summary": "川沿いの歩道を点検した。", "reason": "<script>alert(1)</script>住民のほうが川を知っている。", "memo": "外に出さないこと", "novel": { "x": 1 } } }
          ]
        }
        """)!.AsObject();

    public JsonObject Edition => Cases["edition"]!.AsObject();

    public JsonObject First => Cases["cases"]![0]!.AsObject();

    public ReadOnlyMemory<byte> CasesFile => Encoding.UTF8.GetBytes(Cases.ToJsonString());

    public ReadOnlyMemory<byte> Manifest(string? sha256 = null, string? edition = null, bool redacted = false) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["edition"] = edition ?? $"{Edition["programme"]}/{Edition["fiscal_year"]}",
        ["revision"] = Edition["revision"]!.DeepClone(),
        ["released_at"] = Edition["released_at"]!.DeepClone(),
        ["program"] = "kyodo",
        ["made_with"] = new JsonObject(),
        ["files"] = new JsonArray(new JsonObject { ["name"] = "cases.json", ["bytes"] = CasesFile.Length, ["sha256"] = sha256 ?? ForeignEdition.HashOf(CasesFile.Span) }),
        ["redactions"] = redacted ? new JsonArray(new JsonObject { ["at"] = "2009-06-01T00:00:00+00:00", ["basis"] = "条例", ["reason"] = "個人情報", ["manifest_sha256"] = "0", ["replaced"] = new JsonArray() }) : null,
    }.ToJsonString());

    public ForeignEdition Read() => ForeignEdition.Read(Manifest(), CasesFile, Code);

    public ForeignFiles With(Action<ForeignFiles> change)
    {
        change(this);
        return this;
    }
}
