using Kyodo.App.Components;
using Kyodo.App.Hosting.Mails;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.People;

/// <summary>What the pages of people share: whether invitations can go out, units and roles to choose from, days typed.</summary>
public abstract class PeoplePage(AppDb db, TimeProvider clock, MailSender sender) : StaffPage(db, clock)
{
    /// <summary>Why a link would not reach anybody; null when it does.</summary>
    public string? WhyNoLink => sender.WhyNotSend ?? (sender.Settings?.PublicUrl is null ? "設定 Kyodo:PublicUrl がないため、招待のメールにリンクを書けません。運用の担当者に知らせてください。" : null);

    public IReadOnlyList<OrgUnit> Units { get; private set; } = [];

    public static StatusMark MarkOf(PersonState state) => state switch
    {
        PersonState.Active => new("status-accepted", "利用中"),
        PersonState.Invited => new("status-awaiting", "招待中"),
        PersonState.Locked => new("status-overdue", "ロック中"),
        _ => new("status-not-started", "役割なし"),
    };

    protected async Task LoadUnitsAsync() => Units = await Db.UnitsStandingAsync(Today);

    /// <summary>What was chosen in the form of a role; a refusal that leads to each field that is wrong.</summary>
    protected async Task<Grant> GrantAsync(string? unit, string? role, string? from, string? until)
    {
        var problems = new List<Problem>();
        // The same context as the verb's: the unit is not entered again.
        var found = await Db.OrgUnits.FirstOrDefaultAsync(u => u.Code == unit);
        if (found is null)
            problems.Add(new Problem(Severity.Error, "組織を選んでください。", Field: "unit"));
        if (RoleNames.Find(role) is not { } has)
            problems.Add(new Problem(Severity.Error, "役割を選んでください。", Field: "role"));
        else if (problems.Count == 0)
            return new Grant(found!, has, new Period(DateField.Read(from, "はじめの日", "from"), DateField.Read(until, "おわりの日", "until")));
        throw new Refusal("次のところを直してください。", problems);
    }

    /// <summary>The person whose mail address was typed.</summary>
    protected async Task<Person> PersonByAsync(string? email, string who, string field) =>
        await Db.PersonAsync(email ?? "") ?? throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, string.IsNullOrWhiteSpace(email) ? $"{who}のメールアドレスを書いてください。" : $"「{email.Trim()}」という人は登録されていません。", Field: field)]);

    protected static DateOnly Needed(string? typed, string name, string field) =>
        DateField.Read(typed, name, field) ?? throw new Refusal("次のところを直してください。", [new Problem(Severity.Error, $"{name}を書いてください。{DateField.Example}", Field: field)]);
}
