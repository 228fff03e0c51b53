using Kyodo.App.Components.Charts;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Statistics;

/// <summary>偏り, unit by unit: how many cases each has, and where those that are missing were lost. The records as they are now.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock, ReleasedCounts released) : StaffPage(db, clock)
{
    [BindProperty(SupportsGet = true)]
    public string? Programme { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public IReadOnlyList<Asked> Rounds { get; private set; } = [];

    public Asked? Chosen { get; private set; }

    public IReadOnlyList<UnitLine> Lines { get; private set; } = [];

    /// <summary>Cases of each department or bureau with all its units.</summary>
    public IReadOnlyList<TopLine> Tops { get; private set; } = [];

    /// <summary>Is there an edition of the programme and year? Without one the cases written so far count.</summary>
    public bool IsPublished { get; private set; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public IReadOnlyList<TopLine> Silent => [.. Tops.Where(top => top.Cases == 0)];

    public double? Gini => Unevenness.Gini([.. Tops.Select(top => top.Cases)]);

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Chosen is null && (Programme is not null || Year is not null) ? NotFound() : Page();
    }

    public override async Task LoadAsync()
    {
        var names = await Db.Programmes.AsNoTracking().ToDictionaryAsync(p => p.Key, p => (p.NameJa, p.Order));
        Rounds = [.. (await Db.Rounds.Where(r => r.Status != RoundStatus.Draft).Select(r => new { r.ProgrammeKey, r.Year }).Distinct().ToListAsync())
            .OrderByDescending(r => r.Year).ThenBy(r => names[r.ProgrammeKey].Order).Select(r => new Asked(r.ProgrammeKey, names[r.ProgrammeKey].NameJa, r.Year))];
        var counts = await released.ReadAsync(Db);
        // A year that is published tells more than one that is being answered.
        Chosen = Programme is null && Year is null
            ? Rounds.FirstOrDefault(r => counts.Cases.Any(c => c.Programme == r.Programme && c.Year == r.Year)) ?? (Rounds is [var first, ..] ? first : null)
            : Rounds.FirstOrDefault(r => r.Programme == Programme && r.Year.Year == Year);
        if (Chosen is not { } chosen)
            return;
        Problems = [.. counts.HeadCounts.Problems, .. counts.Residents.Problems];
        (Lines, IsPublished) = UnitLine.Of(counts, await Db.UnitRepliesAsync(chosen.Programme, chosen.Year), chosen.Programme, chosen.Year);
        Tops = TopLine.Of(Lines);
    }

    public IHtmlContent Curve()
    {
        var counts = Tops.Select(top => top.Cases).ToList();
        return LorenzChart.Draw("lorenz", $"{Chosen!.Name} ローレンツ曲線（{Chosen.Year.Japanese}）", [.. Unevenness.Lorenz(counts).Select(p => (p.Units, p.Cases))],
            new LorenzWords("みな同じとき", "部局・地域振興局の割合（事例の少ない順）", $"ジニ係数 {Gini:0.000}。{counts.Count}の部局・地域振興局のうち{Silent.Count}に事例がありません。", "まだ事例がありません"));
    }

    public sealed record Asked(string Programme, string Name, FiscalYear Year);
}

/// <summary>A unit with what became of its answer. Shares in percent, their change in points, null where it cannot be told.</summary>
public sealed record UnitLine(UnitReply Reply, int Cases, decimal? Share, decimal? Change, decimal? PerHundred)
{
    /// <summary>The units of a programme and year; whether their cases are those of an edition or those written so far.</summary>
    public static (IReadOnlyList<UnitLine> Lines, bool IsPublished) Of(CaseCounts counts, IReadOnlyList<UnitReply> replies, string programme, FiscalYear year)
    {
        Dictionary<string, int> Published(FiscalYear of) => counts.Cases.Where(c => c.Programme == programme && c.Year == of).GroupBy(c => c.Unit).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        var (now, before) = (Published(year), Published(year.Previous));
        int Cases(UnitReply reply) => now.Count > 0 ? now.GetValueOrDefault(reply.UnitCode) : reply.Written;
        var all = replies.Sum(Cases);
        return ([.. replies.Select(reply => new UnitLine(reply, Cases(reply),
            all == 0 ? null : 100m * Cases(reply) / all,
            all == 0 || before.Count == 0 ? null : (100m * Cases(reply) / all) - (100m * before.GetValueOrDefault(reply.UnitCode) / before.Values.Sum()),
            counts.HeadCounts.PerHundred(reply.UnitCode, year, Cases(reply))))], now.Count > 0);
    }

    /// <summary>Where cases may have been lost; null where none seems to be.</summary>
    public string? Lost => Reply.State switch
    {
        ReplyState.NotAsked => "照会していない",
        ReplyState.NotAnswered => Reply.Written > 0 ? $"書きかけが{Reply.Written}件あり、回答がない" : "回答がない",
        ReplyState.NotAccepted => $"回答した{Reply.Written}件を受理していない",
        ReplyState.Nil => "該当なしの回答",
        _ => Reply.Written > Cases ? $"{Reply.Written - Cases}件が年度版にない" : null,
    };
}

/// <summary>A department or bureau with its own and its units' lines.</summary>
public sealed record TopLine(string Name, int Cases, IReadOnlyList<UnitLine> Lines)
{
    public static IReadOnlyList<TopLine> Of(IReadOnlyList<UnitLine> lines) => [.. lines.GroupBy(line => line.Reply.TopCode).Select(g => new TopLine(g.First().Reply.TopName, g.Sum(line => line.Cases), [.. g]))];

    /// <summary>Why it has no case, in words.</summary>
    public string Why => string.Join("、", Lines.Select(line => line.Lost).OfType<string>().Distinct());
}
