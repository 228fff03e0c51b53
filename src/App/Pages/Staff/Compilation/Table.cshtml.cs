using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Compilation;

/// <summary>All answers of a programme and year side by side: checked, accepted or asked back, and what holds the release.</summary>
public sealed class TableModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute(Name = "programme")]
    public string ProgrammeKey { get; set; } = "";

    [FromRoute(Name = "year")]
    public int YearNumber { get; set; }

    [FromQuery(Name = "unit")]
    public string? UnitCode { get; set; }

    [FromQuery(Name = "form")]
    public int? FormNo { get; set; }

    [FromQuery(Name = "state")]
    public InquiryStatus? State { get; set; }

    [BindProperty(Name = "comment")]
    public string? Comment { get; set; }

    [BindProperty(Name = "note")]
    public string? NoteText { get; set; }

    /// <summary>The reply that a refused POST was about: its form is drawn open, with what was typed.</summary>
    [BindProperty(Name = "inquiry")]
    public long? InquiryId { get; set; }

    [BindProperty(Name = "finding")]
    public List<string> FindingKeys { get; set; } = [];

    public CompilationTable Table { get; private set; } = null!;

    public IReadOnlyList<CaseRow> Rows { get; private set; } = [];

    public IReadOnlyList<ReplyRow> Replies { get; private set; } = [];

    public IEnumerable<CaseRow> Shown => Rows.Where(row =>
        (string.IsNullOrEmpty(UnitCode) || row.Reply.UnitCode == UnitCode) && (FormNo is null || row.FormNo == FormNo) && (State is null || row.Reply.Status == State));

    public bool IsFiltered => !string.IsNullOrEmpty(UnitCode) || FormNo is not null || State is not null;

    public FiscalYear Year => new(YearNumber);

    public string Address => $"/staff/compilation/{ProgrammeKey}/{Year}";

    public string AddressWithFilters => Address + QueryString.Create(new Dictionary<string, string?> { ["unit"] = UnitCode, ["form"] = FormNo?.ToString(System.Globalization.CultureInfo.InvariantCulture), ["state"] = State?.ToString() }
        .Where(pair => !string.IsNullOrEmpty(pair.Value)));

    public IReadOnlyList<ReplyRow> ToAccept => [.. Replies.Where(row => row.WhyNotAccept is null)];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await ExistsAsync())
            return NotFound();
        await LoadAsync();
        return Page();
    }

    /// <param name="seen">Each reply as it was looked at: <c>inquiry:version</c>.</param>
    public async Task<IActionResult> OnPostAcceptAsync(List<string> seen)
    {
        var versions = seen.Select(one => one.Split(':')).Where(parts => parts.Length == 2)
            .Select(parts => (Id: long.TryParse(parts[0], out var id) ? id : 0, Version: long.TryParse(parts[1], out var version) ? version : 0))
            .DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Version);
        var inquiries = await InquiriesAsync(versions.Keys);
        if (inquiries.Count == 0)
            throw new Refusal("受理する回答がありません。");
        foreach (var inquiry in inquiries)
        {
            Expect(inquiry, versions[inquiry.Id]);
            inquiry.Accept(Me, Now);
        }
        await Db.SaveChangesAsync();
        return DoneAt(AddressWithFilters, inquiries.Count == 1 ? $"{inquiries[0].Unit.Name}の回答を受理しました。" : $"{inquiries.Count}組織の回答を受理しました。");
    }

    public async Task<IActionResult> OnPostAskBackAsync(long version)
    {
        if (await InquiriesAsync([InquiryId ?? 0]) is not [var inquiry])
            return NotFound();
        Expect(inquiry, version);
        var respondents = await Db.MailAddressesAsync(Role.Respondent, [inquiry.UnitId], Today);
        inquiry.AskBack(Comment ?? "", Me, Now, respondents[inquiry.UnitId]);
        await Db.SaveChangesAsync();
        return DoneAt(AddressWithFilters, $"{inquiry.Unit.Name}に再照会しました。回答担当にメールでもお知らせします。");
    }

    public async Task<IActionResult> OnPostNoteAsync()
    {
        var table = await Db.CompileAsync(ProgrammeKey, Year);
        var warnings = table.Findings.Where(f => f.Severity is Severity.Warning && FindingKeys.Contains(f.Key)).ToList();
        if (warnings.Count == 0)
            throw new Refusal("その注意は、もうありません。");
        foreach (var warning in warnings)
            Db.Add(new WarningNote(ProgrammeKey, Year, warning.Key, NoteText ?? "", Me, Now));
        await Db.SaveChangesAsync();
        return DoneAt($"{AddressWithFilters}#findings", warnings.Count == 1 ? "説明を書きました。" : $"{warnings.Count}件の注意に説明を書きました。");
    }

    public override async Task LoadAsync()
    {
        Table = await Db.CompileAsync(ProgrammeKey, Year);
        var forms = Table.Programme.FormsIn(Year);
        Rows = [.. Table.Cases.Select(one => CaseRow.Of(one, Table.Questions, forms))];
        var inquiries = (await Db.Inquiries.AsNoTracking().WithRound().Where(i => Table.Replies.Select(r => r.InquiryId).Contains(i.Id)).ToListAsync()).ToDictionary(i => i.Id);
        var cases = Rows.ToLookup(row => row.Reply.InquiryId);
        Replies = [.. Table.Replies.Select(reply => new ReplyRow(reply, inquiries[reply.InquiryId].RowVersion, cases[reply.InquiryId].Count(),
            inquiries[reply.InquiryId].WhyNotAccept(Me), inquiries[reply.InquiryId].WhyNotAskBack(Me)))];
    }

    /// <summary>Warnings without a note, those of one kind together: one sentence may explain them all.</summary>
    public IEnumerable<IGrouping<string, Finding>> AlikeWarnings =>
        Table.Findings.Where(f => f is { Severity: Severity.Warning, Note: null }).GroupBy(f => f.Key.Split('/')[0]).Where(g => g.Count() > 1);

    public string AddressOf(Finding finding) =>
        finding.CaseId is { } id && Rows.FirstOrDefault(row => row.Id == id) is { } row ? row.Address
        : finding.Key.Split('/') is ["not-accepted", var inquiry] ? $"/staff/cases/{inquiry}"
        : "#table";

    private Task<List<Inquiry>> InquiriesAsync(IEnumerable<long> ids)
    {
        var wanted = ids.ToList();
        var year = Year;
        return Db.Inquiries.WithRound().Where(i => wanted.Contains(i.Id) && i.Round.ProgrammeKey == ProgrammeKey && i.Round.Year == year).OrderBy(i => i.Unit.Order).ToListAsync();
    }

    private async Task<bool> ExistsAsync() => YearNumber is >= 1900 and <= 2200 && await Db.Programmes.AnyAsync(p => p.Key == ProgrammeKey);
}
