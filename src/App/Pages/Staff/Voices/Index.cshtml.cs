using Kyodo.Common;
using Kyodo.Readers;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Voices;

/// <summary>読者の声: what readers said of the unit's cases, what nobody has read first.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    private const int Size = 50;

    [FromQuery(Name = "state")]
    public string? State { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    [BindProperty(Name = "voice")]
    public long? VoiceId { get; set; }

    [BindProperty(Name = "note")]
    public string? Note { get; set; }

    [BindProperty(Name = "version")]
    public long SeenVersion { get; set; }

    public Page<CaseVoice> Voices { get; private set; } = new([], 0, 1, Size);

    public IReadOnlyDictionary<VoiceStatus, int> Counts { get; private set; } = new Dictionary<VoiceStatus, int>();

    public VoiceStatus? Chosen => Enum.TryParse<VoiceStatus>(State, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostReadAsync() => ChangeAsync(voice => voice.MarkRead(Me, Now), "読んだことにしました。");

    public Task<IActionResult> OnPostHandleAsync() => ChangeAsync(voice => voice.Handle(Note, Me, Now), "対応を書きました。");

    public override async Task LoadAsync()
    {
        var seen = Db.CaseVoices.AsNoTracking().SeenBy(Me);
        Counts = await seen.GroupBy(v => v.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        if (Chosen is { } status)
            seen = seen.Where(v => v.Status == status);
        var total = await seen.CountAsync();
        var number = Math.Clamp(Number, 1, Math.Max(1, (total + Size - 1) / Size));
        Voices = new(await seen.OrderBy(v => v.Status == VoiceStatus.Unread ? 0 : 1).ThenByDescending(v => v.Id).Skip((number - 1) * Size).Take(Size).ToListAsync(), total, number, Size);
    }

    public string AddressOf(int page) => "/staff/voices" + QueryString.Create(
        new Dictionary<string, string?> { ["state"] = State, ["page"] = $"{page}" }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    private async Task<IActionResult> ChangeAsync(Action<CaseVoice> verb, string done)
    {
        if (await Db.CaseVoices.SeenBy(Me).FirstOrDefaultAsync(v => v.Id == VoiceId) is not { } voice)
            return NotFound();
        Expect(voice, SeenVersion);
        verb(voice);
        await Db.SaveChangesAsync();
        return DoneAt("/staff/voices", done);
    }
}
