using Kyodo.App.Components;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Reorganizations;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Organizations;

/// <summary>One reorganisation: its lines, written here or read from CSV; what they would do; and the applying and undoing.</summary>
[Cases.UploadLimit]
public sealed class ChangeModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int Blanks = 3;
    private const long MostBytes = 1 << 20;

    /// <summary>Beyond so many lines they are written in a spreadsheet: a form of hundreds of fields helps nobody.</summary>
    public const int MostInForm = 60;

    /// <summary>One line as the form holds it.</summary>
    public sealed class LineForm
    {
        public ReorganizationChange? Change { get; set; }

        public string? From { get; set; }

        public string? To { get; set; }

        public string? Name { get; set; }

        public string? Parent { get; set; }

        public OrgUnitKind? Kind { get; set; }

        public bool IsBlank => Change is null && string.IsNullOrWhiteSpace(From + To + Name + Parent);
    }

    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(Name = "title")]
    public string? ChangeTitle { get; set; }

    [BindProperty(Name = "on")]
    public string? On { get; set; }

    [BindProperty(Name = "lines")]
    public List<LineForm> Lines { get; set; } = [];

    [BindProperty(Name = "version")]
    public long Version { get; set; }

    [BindProperty(Name = "reason")]
    public string? Reason { get; set; }

    public Reorganization Change { get; private set; } = null!;

    /// <summary>Null once it is applied or dropped.</summary>
    public Rehearsal? Rehearsal { get; private set; }

    public IReadOnlyList<(string Code, string Name)> Units { get; private set; } = [];

    public bool InForm => Lines.Count <= MostInForm + Blanks;

    public string? WhyNot(ReorganizationVerb verb) => Change.WhyNot(verb, Me);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await Db.Reorganizations.AsNoTracking().FirstOrDefaultAsync(r => r.Id == Id, stop) is null)
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken stop) =>
        await Db.Reorganizations.AsNoTracking().FirstOrDefaultAsync(r => r.Id == Id, stop) is { } change
            ? File(ReorganizationCsv.Write(change.Lines), "text/csv; charset=utf-8", "reorganization.csv")
            : NotFound();

    public Task<IActionResult> OnPostWriteAsync(CancellationToken stop) =>
        WriteAsync([.. Lines.Where(line => !line.IsBlank).Select((line, i) => new ReorganizationLine(
            line.Change ?? throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, $"{i + 1}行目の変更（新設・統合など）を選んでください。", Field: $"line-{i}-change")]),
            Code(line.From), Code(line.To), Said(line.Name), Code(line.Parent), line.Kind))], "保存しました。下に、適用したときに変わることを並べました。", stop);

    public async Task<IActionResult> OnPostUploadAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is null || file.Length == 0)
            throw new Refusal("CSVを選んでください。", [new Problem(Severity.Error, "CSVを選んでください。", Field: "file")]);
        Refusal.If(file.Length > MostBytes ? "CSVが大きすぎます。1 MBまでにしてください。" : null);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, stop);
        return await WriteAsync(ReorganizationCsv.Read(content.GetBuffer().AsSpan(0, (int)content.Length)), "CSVの変更に置き換えて保存しました。下に、適用したときに変わることを並べました。", stop);
    }

    public async Task<IActionResult> OnPostApplyAsync(CancellationToken stop)
    {
        if (!await Db.Reorganizations.AnyAsync(r => r.Id == Id, stop))
            return NotFound();
        await Db.ApplyReorganizationAsync(Id, Version, Me, Now, stop);
        return DoneAt($"/staff/organizations/changes/{Id}", "適用しました。新しい組織に記録ができるまでは、取り消せます。");
    }

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken stop)
    {
        if (!await Db.Reorganizations.AnyAsync(r => r.Id == Id, stop))
            return NotFound();
        await Db.UndoReorganizationAsync(Id, Reason, Me, Now, stop);
        return DoneAt($"/staff/organizations/changes/{Id}", "適用を取り消しました。組織は元に戻りました。直して、もう一度適用できます。");
    }

    public async Task<IActionResult> OnPostDropAsync(CancellationToken stop)
    {
        if (await Db.Reorganizations.FirstOrDefaultAsync(r => r.Id == Id, stop) is not { } change)
            return NotFound();
        Expect(change, Version);
        change.Drop(Me, Now);
        await Db.SaveChangesAsync(stop);
        return DoneAt("/staff/organizations", $"「{change.Title}」を取りやめました。");
    }

    public override async Task LoadAsync()
    {
        Change = await Db.Reorganizations.AsNoTracking().FirstAsync(r => r.Id == Id);
        if (Refusal is null || Lines.Count == 0)
        {
            Lines = [.. Change.Lines.Select(l => new LineForm { Change = l.Change, From = l.From, To = l.To, Name = l.Name, Parent = l.Parent, Kind = l.Kind })];
            (ChangeTitle, On, Version) = (Refusal is null ? Change.Title : ChangeTitle ?? Change.Title, Refusal is null ? PartialDate.Of(Change.On).Japanese : On ?? PartialDate.Of(Change.On).Japanese, Change.RowVersion);
        }
        var missing = Blanks - Lines.Count(line => line.IsBlank);
        for (var i = 0; i < missing; i++)
            Lines.Add(new LineForm());
        var units = await Db.OrgUnits.AsNoTrackingWithIdentityResolution().Include(u => u.Parent).OrderBy(u => u.Order).ToListAsync();
        Units = [.. units.Where(u => u.StandsIn(Change.EndsIn)).Select(u => (u.Code, u.Parent is null ? u.Name : $"{u.Parent.Name} {u.Name}"))];
        if (Change.Status is ReorganizationStatus.Draft)
            Rehearsal = await Db.RehearseAsync(Change.On, Change.Lines);
    }

    public static StatusMark Mark(ReorganizationStatus status) => new(status switch
    {
        ReorganizationStatus.Applied => "status-accepted",
        ReorganizationStatus.Dropped => "status-returned",
        _ => "status-answering",
    }, ReorganizationStates.Name(status));

    private async Task<IActionResult> WriteAsync(IReadOnlyList<ReorganizationLine> lines, string done, CancellationToken stop)
    {
        if (await Db.Reorganizations.FirstOrDefaultAsync(r => r.Id == Id, stop) is not { } change)
            return NotFound();
        Expect(change, Version);
        change.Write(ChangeTitle ?? change.Title, On is null ? change.On : DateField.Read(On, "施行日", "on"), lines, Me, Now);
        await Db.SaveChangesAsync(stop);
        return DoneAt($"/staff/organizations/changes/{Id}#rehearsal", done);
    }

    private static string? Said(string? typed) => TextForms.Clean(typed) is { Length: > 0 } clean ? clean : null;

    private static string? Code(string? typed) => Said(typed)?.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();
}
