using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Mails;

/// <summary>送信状況: which mails wait, went out or could not, and what can be done about those.</summary>
public sealed class IndexModel(AppDb db, TimeProvider clock, MailSender sender) : StaffPage(db, clock)
{
    private const int Size = 50;

    [FromQuery(Name = "state")]
    public MailStatus? State { get; set; }

    [FromQuery(Name = "round")]
    public long? Round { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public Page<MailRow> Mails { get; private set; } = null!;

    /// <summary>Those that follow each other with the same subject and fate: a round's many mails are one line that opens.</summary>
    public IReadOnlyList<IReadOnlyList<MailRow>> Alike
    {
        get
        {
            var all = new List<List<MailRow>>();
            foreach (var mail in Mails.Items)
            {
                if (all.Count > 0 && all[^1][0] is var first && (first.Subject, first.Status) == (mail.Subject, mail.Status))
                    all[^1].Add(mail);
                else
                    all.Add([mail]);
            }
            return all;
        }
    }

    public IReadOnlyList<(MailStatus Status, int Count)> Counts { get; private set; } = [];

    public IReadOnlyList<(long Id, string Title)> Rounds { get; private set; } = [];

    public string? WhyNotSend => sender.WhyNotSend;

    /// <summary>What the mail server said last, while mails wait for it.</summary>
    public string? Trouble { get; private set; }

    public bool MayDecide => Me.Is(Role.Coordinator) || Me.Is(Role.Administrator);

    public int Dead => Counts.FirstOrDefault(c => c.Status is MailStatus.Dead).Count;

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostRetryAsync(long? mail) => DecideAsync(mail, one => one.Retry(Me, Now), count => $"{count}通を、もう一度送ります。");

    public Task<IActionResult> OnPostGiveUpAsync(long? mail) => DecideAsync(mail, one => one.GiveUp(Me, Now), count => $"{count}通を、送るのをやめました。");

    public override async Task LoadAsync()
    {
        var mails = Db.Outbox.AsNoTracking().Where(m => Round == null || m.RoundId == Round);
        var counted = await mails.GroupBy(_ => 1)
            .Select(g => new { Sent = g.Count(m => m.SentAt != null), Dead = g.Count(m => m.SentAt == null && m.GivenUpAt == null && m.DiedAt != null), GivenUp = g.Count(m => m.SentAt == null && m.GivenUpAt != null), All = g.Count() })
            .FirstOrDefaultAsync();
        if (counted is not null)
            Counts = [(MailStatus.Waiting, counted.All - counted.Sent - counted.Dead - counted.GivenUp), (MailStatus.Dead, counted.Dead), (MailStatus.Sent, counted.Sent), (MailStatus.GivenUp, counted.GivenUp)];
        var shown = State switch
        {
            MailStatus.Waiting => mails.Waiting(),
            MailStatus.Dead => mails.Dead(),
            MailStatus.Sent => mails.Where(m => m.SentAt != null),
            MailStatus.GivenUp => mails.Where(m => m.GivenUpAt != null && m.SentAt == null),
            _ => mails,
        };
        var total = await shown.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (total + Size - 1) / Size));
        Mails = new Page<MailRow>(await MailRow.Of(shown.OrderByDescending(m => m.Id).Skip((Number - 1) * Size).Take(Size)).ToListAsync(), total, Number, Size);
        Rounds = (await Db.Rounds.Where(r => r.Status != RoundStatus.Draft).OrderByDescending(r => r.Year).ThenByDescending(r => r.Id).Select(r => new { r.Id, r.Title }).ToListAsync()).ConvertAll(r => (r.Id, r.Title));
        Trouble = await Db.Outbox.Waiting().Where(m => m.LastError != null && m.LastError != "").OrderByDescending(m => m.NextAttemptAt).Select(m => m.LastError).FirstOrDefaultAsync();
    }

    public string Address(MailStatus? state, int number = 1) =>
        $"/staff/mails?{(state is null ? "" : $"state={state}&")}{(Round is null ? "" : $"round={Round}&")}{(number == 1 ? "" : $"page={number}&")}".TrimEnd('&', '?');

    private async Task<IActionResult> DecideAsync(long? mail, Action<OutboxMail> verb, Func<int, string> done)
    {
        var dead = await Db.Outbox.Dead().Where(m => (mail == null || m.Id == mail) && (Round == null || m.RoundId == Round)).ToListAsync();
        if (dead.Count == 0)
            throw new Refusal("送れなかったメールはありません。ほかの人が先に決めたかもしれません。");
        dead.ForEach(verb);
        await Db.SaveChangesAsync();
        return DoneAt(Address(State), done(dead.Count));
    }
}
