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

/// <summary>Where the compilation of a programme and year stands: what the checks found, each unit's reply to accept or ask back, and what holds the release.</summary>
public sealed class TableModel(AppDb db, TimeProvider clock, CompilationMemory memory) : StaffPage(db, clock)
{
    [FromRoute(Name = "programme")]
    public string ProgrammeKey { get; set; } = "";

    [FromRoute(Name = "year")]
    public int YearNumber { get; set; }

    private const int MostFindings = 500;
    private const int MostOfOneKind = 30;
    private const int FewFindings = 3;

    /// <summary>Only what one check found.</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [BindProperty(Name = "comment")]
    public string? Comment { get; set; }

    [BindProperty(Name = "note")]
    public string? NoteText { get; set; }

    /// <summary>The replies that a refused POST was about.</summary>
    public IReadOnlyList<string> Ticked => Request.HasFormContentType ? [.. Request.Form["seen"].OfType<string>()] : [];

    [BindProperty(Name = "finding")]
    public List<string> FindingKeys { get; set; } = [];

    /// <summary>All warnings of one kind without a note: one sentence for them.</summary>
    [BindProperty(Name = "alike")]
    public string? AlikeKind { get; set; }

    public CompilationTable Table { get; private set; } = null!;

    public IReadOnlyList<ReplyRow> Replies { get; private set; } = [];

    /// <summary>What was found, those of one kind together: the list of a long kind is folded, and one sentence may explain all its warnings.</summary>
    public IEnumerable<FindingGroup> Groups =>
        from finding in Table.Findings
        where string.IsNullOrEmpty(Kind) || KindOf(finding) == Kind
        group finding by KindOf(finding) into alike
        let all = alike.ToList()
        let open = all.FindAll(f => f is { Severity: Severity.Warning, Note: null })
        orderby all[0].Severity, open.Count == 0
        select new FindingGroup(alike.Key, FindingKinds.Words(alike.Key), all[0].Severity is Severity.Error, all.Count, open, [.. all.Take(Kind == alike.Key ? MostFindings : MostOfOneKind).Select(RowOf)])
        {
            IsUnfolded = Kind == alike.Key || all.Count <= FewFindings || all.Exists(IsTypedOn),
        };

    public IReadOnlyList<(string Kind, string Words, int Count)> Kinds =>
        [.. Table.Findings.GroupBy(KindOf).OrderBy(g => g.First().Severity).ThenByDescending(g => g.Count()).Select(g => (g.Key, FindingKinds.Words(g.Key), g.Count()))];

    public FiscalYear Year => new(YearNumber);

    public string Address => $"/staff/compilation/{ProgrammeKey}/{Year}";

    public IReadOnlyList<ReplyRow> ToAccept => [.. Replies.Where(row => row.MayAccept)];

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
        var inquiries = await SeenAsync(seen, "受理する回答に印を付けてください。");
        foreach (var inquiry in inquiries)
            inquiry.Accept(Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt(Address, inquiries.Count == 1 ? $"{inquiries[0].Unit.Name}の回答を受理しました。" : $"{inquiries.Count}組織の回答を受理しました。");
    }

    public async Task<IActionResult> OnPostAskBackAsync(List<string> seen)
    {
        var inquiries = await SeenAsync(seen, "再照会する回答に印を付けてください。");
        var respondents = await Db.MailAddressesAsync(Role.Respondent, inquiries.Select(i => i.UnitId), Today);
        foreach (var inquiry in inquiries)
            inquiry.AskBack(Comment ?? "", Me, Now, respondents[inquiry.UnitId]);
        await Db.SaveChangesAsync();
        return DoneAt(Address, $"{(inquiries.Count == 1 ? inquiries[0].Unit.Name : $"{inquiries.Count}組織")}に再照会しました。回答担当にメールでもお知らせします。");
    }

    public async Task<IActionResult> OnPostNoteAsync()
    {
        var table = await Db.CompileAsync(ProgrammeKey, Year, memory);
        var warnings = table.Findings.Where(f => f.Severity is Severity.Warning && (FindingKeys.Contains(f.Key) || (AlikeKind is { Length: > 0 } kind && KindOf(f) == kind && f.Note is null))).ToList();
        if (warnings.Count == 0)
            throw new Refusal("その注意は、もうありません。");
        foreach (var warning in warnings)
            Db.Add(new WarningNote(ProgrammeKey, Year, warning.Key, NoteText ?? "", Me, Now));
        await Db.SaveChangesAsync();
        return DoneAt($"{Address}#findings", warnings.Count == 1 ? "説明を書きました。" : $"{warnings.Count}件の注意に説明を書きました。");
    }

    public override async Task LoadAsync()
    {
        Table = await Db.CompileAsync(ProgrammeKey, Year, memory);
        var ids = Table.Replies.Select(r => r.InquiryId).ToList();
        var versions = await Db.Inquiries.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.RowVersion);
        var cases = Table.Cases.GroupBy(one => one.Reply.InquiryId).ToDictionary(g => g.Key, g => g.Count());
        bool May(CompiledReply reply, InquiryVerb verb) => MayCoordinate && InquiryStates.Table.Allows(reply.Status, verb);
        Replies = [.. Table.Replies.Select(reply => new ReplyRow(reply, versions[reply.InquiryId], cases.GetValueOrDefault(reply.InquiryId), May(reply, InquiryVerb.Accept), May(reply, InquiryVerb.AskBack)))];
    }

    private FindingRow RowOf(Finding finding) => new(finding, AddressOf(finding))
    {
        NoteAction = finding.Severity is Severity.Warning && MayCoordinate ? $"{Address}?handler=Note" : null,
        Typed = IsTypedOn(finding) ? NoteText ?? "" : null,
    };

    private bool IsTypedOn(Finding finding) => Refusal is not null && FindingKeys is [var only] && only == finding.Key;

    private string AddressOf(Finding finding) =>
        finding.CaseId is { } id && ReplyOf.GetValueOrDefault(id) is > 0 and var inquiry
            ? (finding.Field is { } question && MayCoordinate ? $"/staff/compilation/fields/{id}/{question}" : $"{Address}/replies/{inquiry}#case-{id}")
        : finding.Key.Split('/') is ["not-accepted" or "unit-count", var asked] ? $"{Address}/replies/{asked}"
        : $"{Address}/answers";

    private Dictionary<string, long> ReplyOf => field ??= Table.Cases.ToDictionary(c => c.Case.Id, c => c.Reply.InquiryId, StringComparer.Ordinal);

    private static string KindOf(Finding finding) => finding.Key.Split('/')[0];

    private async Task<List<Inquiry>> SeenAsync(List<string> seen, string nothing)
    {
        var versions = seen.Select(one => one.Split(':')).Where(parts => parts.Length == 2)
            .Select(parts => (Id: long.TryParse(parts[0], out var id) ? id : 0, Version: long.TryParse(parts[1], out var version) ? version : 0))
            .DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Version);
        var inquiries = await InquiriesAsync(versions.Keys);
        Refusal.If(inquiries.Count == 0 ? nothing : null);
        foreach (var inquiry in inquiries)
            Expect(inquiry, versions[inquiry.Id]);
        return inquiries;
    }

    private Task<List<Inquiry>> InquiriesAsync(IEnumerable<long> ids)
    {
        var wanted = ids.ToList();
        var year = Year;
        return Db.Inquiries.WithRound().Where(i => wanted.Contains(i.Id) && i.Round.ProgrammeKey == ProgrammeKey && i.Round.Year == year).OrderBy(i => i.Unit.Order).ToListAsync();
    }

    private async Task<bool> ExistsAsync() => YearNumber is >= 1900 and <= 2200 && await Db.Programmes.AnyAsync(p => p.Key == ProgrammeKey);
}
