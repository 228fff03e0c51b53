using System.Text.Json;
using Kyodo.App.Components;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Editions.Files;
using Kyodo.Search;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Portal;

public class EditionModel(AppDb db, EditionShelf shelf) : PublicPage
{
    public Revision Revision { get; private set; } = null!;

    public IReadOnlyList<Revision> Revisions { get; private set; } = [];

    public IReadOnlyList<PublishedCase> Cases { get; private set; } = [];

    public Manifest? Manifest { get; private set; }

    /// <summary>What the revision changed, without what was withdrawn since; null for a first one.</summary>
    public EditionChangesView? Changes { get; private set; }

    /// <summary>Cases of this revision that were withdrawn after it was released.</summary>
    public IReadOnlyList<Withdrawal> Withdrawn { get; private set; } = [];

    /// <summary>The address names the revision, and so do the links to its cases.</summary>
    public bool IsNamed { get; private set; }

    public string Citation => Say(
        $"{Government}『{Revision.Title}』{PartialDate.Of(Revision.ReleasedAt.DayInJapan()).InBothCalendars}公表。",
        $"{Government}, {Revision.NameEn} casebook {YearWords(Revision.Year)}, revision {Revision.No}, released {Revision.ReleasedAt.DayInJapan():yyyy-MM-dd}.");

    public int Count(string status) => Cases.Count(c => c.Status == status);

    public IEnumerable<(string Code, string Name, int Count)> Units =>
        Cases.OrderBy(c => c.UnitOrder).GroupBy(c => (c.UnitCode, c.UnitName)).Select(g => (g.Key.UnitCode, g.Key.UnitName, g.Count()));

    public IEnumerable<(string Name, int Count)> Themes =>
        Cases.SelectMany(c => c.Themes).GroupBy(theme => theme).Select(g => (g.Key, g.Count())).OrderByDescending(theme => theme.Item2);

    public string AddressOf(PublishedCase one) => To(IsNamed ? Addresses.CaseAt(Revision, one.CaseId) : Addresses.Case(one.CaseId));

    /// <summary>What a file of an edition is, in words; unknown names stand for themselves.</summary>
    public string FileWords(string name) => name switch
    {
        CasebookFile.Name => Say("事例集（PDF）", "Casebook (PDF)"),
        "casebook.xlsx" => Say("事例集（印刷用Excel）", "Casebook (Excel, for print)"),
        "cases.xlsx" => Say("事例のデータ（Excel）", "Cases (Excel, as data)"),
        "cases.csv" => Say("事例のデータ（CSV）", "Cases (CSV)"),
        "cases.json" => Say("事例のデータ（JSON）", "Cases (JSON)"),
        "ds451-3.json" => Say("事例データモデル（GIF DS-451-3）", "National case data model (GIF DS-451-3)"),
        "changes.json" => Say("前の版との違い（JSON）", "Differences from the revision before (JSON)"),
        "round.json" => Say("照会の集計（JSON）", "How the round went (JSON)"),
        "manifest.json" => Say("目録", "Manifest"),
        _ when CasebookFile.VolumeOf(name) is > 0 and var volume => Say($"事例集（PDF）第{volume}分冊", $"Casebook (PDF), volume {volume}"),
        _ => name,
    };

    public async Task<IActionResult> OnGetAsync(string programme, int year, int? no, CancellationToken stop)
    {
        Revisions = await db.Revisions.AsNoTracking().Where(r => r.ProgrammeKey == programme && r.Year == new FiscalYear(year)).OrderByDescending(r => r.No).ToListAsync(stop);
        if (Revisions.FirstOrDefault(r => no is null ? r.IsLatest : r.No == no) is not { } revision)
            return NotFound();
        (Revision, IsNamed) = (revision, no is not null);
        Cases = await db.CasesAsync(revision, stop);
        Manifest = await ReadManifestAsync(stop);
        Withdrawn = await db.WithdrawnFromAsync(revision, stop);
        Changes = await ReadChangesAsync(stop);
        Titled(Say($"{revision.NameJa} {revision.Year.InBothCalendars}{(IsNamed ? $" 第{no}版" : "")}", $"{revision.NameEn} {YearWords(revision.Year)}{(IsNamed ? $", revision {no}" : "")}"), "editions");
        return Page();
    }

    private async Task<EditionChangesView?> ReadChangesAsync(CancellationToken stop)
    {
        if (Revision.No == 1 || shelf.PublicFile(Revision.ProgrammeKey, Revision.Year, Revision.No, EditionChanges.FileName) is not { } file
            || EditionChanges.Read(await System.IO.File.ReadAllTextAsync(file, stop)) is not { } changes)
            return null;
        var hidden = (await db.WithdrawalsAsync(Revision.ProgrammeKey, Revision.Year, stop)).Select(w => w.CaseId).ToHashSet(StringComparer.Ordinal);
        var shown = changes with { Cases = [.. changes.Cases.Where(one => !hidden.Contains(one.CaseId) || one.Change is ChangeKind.Withdrawn)] };
        return new EditionChangesView(shown, one => one.Change is ChangeKind.Removed ? null : one.Change is ChangeKind.Withdrawn ? To(Addresses.Case(one.CaseId)) : To(Addresses.CaseAt(Revision, one.CaseId)), En);
    }

    private async Task<Manifest?> ReadManifestAsync(CancellationToken stop)
    {
        if (shelf.PublicFile(Revision.ProgrammeKey, Revision.Year, Revision.No, Manifest.FileName) is not { } file)
            return null;
        try
        {
            return JsonSerializer.Deserialize<Manifest>(await System.IO.File.ReadAllTextAsync(file, stop), Json.Plain);
        }
        catch (Exception broken) when (broken is JsonException or IOException)
        {
            // The page of an edition is readable without its files; `verify` names what is broken.
            return null;
        }
    }
}
