using System.Text.Json;
using System.Text.Json.Serialization;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Organizations.People;
using Kyodo.Partners;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Statistics;
using Kyodo.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Installation;

/// <summary>
/// What a new installation begins with, as <c>kyodo seed --file seed.json</c> reads it (schema: docs/seed.schema.json). Entered in one
/// transaction: all of it or nothing. A part that is left out is not touched, so further files can add to it.
/// </summary>
public sealed record Seed
{
    public static JsonSerializerOptions Options { get; } = new(Json.Plain) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The government that runs this installation; needed the first time.</summary>
    public SeedGovernment? Government { get; init; }

    public IReadOnlyList<SeedGovernment> Municipalities { get; init; } = [];

    public IReadOnlyList<SeedUnit> Units { get; init; } = [];

    public IReadOnlyList<SeedPerson> People { get; init; } = [];

    /// <summary>Built-in programmes to enter: <c>ps</c>, <c>zero-budget</c>.</summary>
    public IReadOnlyList<string> Programmes { get; init; } = [];

    public IReadOnlyList<SeedPartner> Partners { get; init; } = [];

    public IReadOnlyList<SeedTotal> RecordedTotals { get; init; } = [];

    public IReadOnlyList<SeedRound> Rounds { get; init; } = [];

    public async Task<Entered> EnterAsync(AppDb db, DateTimeOffset now, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await EnterGovernmentsAsync(db, now, stop);
        await EnterUnitsAsync(db, now, stop);
        await EnterPeopleAsync(db, now, stop);
        EnterProgrammes(db, now);
        foreach (var partner in Partners)
        {
            var entered = new Partner(partner.Name, partner.Kind, partner.CorporateNumber, partner.Branch) { Reading = partner.Reading, Municipality = partner.Municipality, Source = partner.Source };
            entered.Enter(Actor.Program, now);
            db.Partners.Add(entered);
        }
        foreach (var total in RecordedTotals)
        {
            var entered = new RecordedTotal(total.Programme, total.ProgrammeName, total.FormNo, total.Form, new FiscalYear(total.Year), total.State, total.Count, total.Source);
            entered.Publish(Actor.Program, now);
            db.RecordedTotals.Add(entered);
        }
        await db.SaveChangesAsync(stop);
        await EnterRoundsAsync(db, now, stop);
        await transaction.CommitAsync(stop);
        return new Entered(Units.Count, People.Count, Programmes.Count, Partners.Count, Rounds.Count);
    }

    private async Task EnterGovernmentsAsync(AppDb db, DateTimeOffset now, CancellationToken stop)
    {
        var home = await db.HomeCodeAsync(stop);
        if (Government is null && home.Length == 0)
            throw new Refusal("はじめの登録には government（この仕組みを使う団体）が要ります。");
        if (Government is { } government)
        {
            if (home.Length > 0 && home != government.Code)
                throw new Refusal($"この仕組みはもう団体{home}のものです。");
            if (home.Length == 0)
                db.Settings.Add(new Setting { Name = Setting.HomeGovernment, Value = government.Code ?? throw new Refusal("government には code（6桁の全国地方公共団体コード）が要ります。") });
        }
        foreach (var one in Municipalities.Concat(Government is { } g && home.Length == 0 ? [g] : []))
        {
            var entered = new Government(one.Code, one.Name, one.Reading, one.Kind) { BureauCode = one.Bureau, FirstYear = one.FirstYear, LastYear = one.LastYear, Latitude = one.Latitude, Longitude = one.Longitude };
            entered.Enter(Actor.Program, now);
            db.Governments.Add(entered);
        }
        await db.SaveChangesAsync(stop);
    }

    private async Task EnterUnitsAsync(AppDb db, DateTimeOffset now, CancellationToken stop)
    {
        var known = await db.OrgUnits.ToDictionaryAsync(u => u.Code, StringComparer.Ordinal, stop);
        foreach (var one in Units)
        {
            if (known.ContainsKey(one.Code))
                throw new Refusal($"組織コード「{one.Code}」が重なっています。");
            OrgUnit? parent = null;
            if (one.Parent is { } code && !known.TryGetValue(code, out parent))
                throw new Refusal($"組織「{one.Code}」の上位組織「{code}」がありません。上位の組織を先に書いてください。");
            var unit = new OrgUnit(one.Code, one.Name, one.Kind, parent, known.Count + 1) { FirstYear = one.FirstYear, LastYear = one.LastYear };
            unit.Enter(Actor.Program, now);
            known.Add(one.Code, unit);
            db.OrgUnits.Add(unit);
        }
        await db.SaveChangesAsync(stop);
    }

    private async Task EnterPeopleAsync(AppDb db, DateTimeOffset now, CancellationToken stop)
    {
        var units = await db.OrgUnits.ToDictionaryAsync(u => u.Code, StringComparer.Ordinal, stop);
        var hasher = new PasswordHasher<Person>();
        foreach (var one in People)
        {
            var key = one.Email.ToUpperInvariant();
            if (await db.People.AnyAsync(p => p.NormalizedUserName == key, stop))
                throw new Refusal($"「{one.Email}」はもう登録されています。");
            if (PeopleRules.WhyNotAddress(one.Email) is { } wrong)
                throw new Refusal(wrong);
            var person = new Person(one.Email, one.Name);
            person.Note(Actor.Program, now, "person-entered", one.Name);
            if (one.Password is { } password)
            {
                if (PasswordRule.WhyNot(password, one.Email) is { } why)
                    throw new Refusal($"「{one.Email}」のパスワード: {why}");
                person.ChangePassword(hasher.HashPassword(person, password), Actor.Program, now);
            }
            foreach (var role in one.Roles)
            {
                var grant = new Grant(units.GetValueOrDefault(role.Unit) ?? throw new Refusal($"「{one.Email}」の組織「{role.Unit}」がありません。"), role.Role, new Period(role.From, role.Until));
                if (grant.Period.IsBackwards)
                    throw new Refusal($"「{one.Email}」の{grant.Words}: おわりの日が、はじめの日より前になっています。");
                person.Appoint(grant.Unit, grant.Role, role.From, role.Until);
                person.Note(Actor.Program, now, "appointment-given", grant.Words);
            }
            db.People.Add(person);
            await db.SaveChangesAsync(stop);
            if (one.TotpSecret is { } secret)
            {
                person.TwoFactorEnabled = true;
                person.Note(Actor.Program, now, "second-factor-set");
                db.Add(new IdentityUserToken<long> { UserId = person.Id, LoginProvider = "[AspNetUserStore]", Name = "AuthenticatorKey", Value = secret });
            }
        }
        await db.SaveChangesAsync(stop);
    }

    private void EnterProgrammes(AppDb db, DateTimeOffset now)
    {
        if (Programmes.Count == 0)
            return;
        var builtIn = BuiltInProgrammes.Enter(Actor.Program, now);
        foreach (var key in Programmes)
            db.Programmes.Add(builtIn.FirstOrDefault(p => p.Key == key) ?? throw new Refusal($"「{key}」という制度は組み込まれていません。{string.Join("、", builtIn.Select(p => p.Key))} から選んでください。"));
    }

    private async Task EnterRoundsAsync(AppDb db, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var one in Rounds)
        {
            var by = await db.ActorAsync(one.Coordinator, now.DayInJapan(), stop);
            var programme = await db.ProgrammeAsync(one.Programme, stop);
            var units = await db.OrgUnits.Where(u => one.Units.Contains(u.Code)).OrderBy(u => u.Order).ToListAsync(stop);
            if (one.Units.FirstOrDefault(code => units.TrueForAll(u => u.Code != code)) is { } missing)
                throw new Refusal($"照会先の組織「{missing}」がありません。");
            var year = new FiscalYear(one.Year);
            var round = new Round(programme, year, one.Phase, by, now);
            round.Describe(one.Title ?? round.Title, one.Letter with { Body = one.Letter.Body.Length > 0 ? one.Letter.Body : Letter.DefaultBody(programme.NameJa, programme.AsksFor, year) },
                one.Due, one.LastNew ?? one.Due, one.LastCorrection ?? one.LastNew ?? one.Due, by, now);
            round.Ask(units, by, now);
            db.Rounds.Add(round);
            await db.SaveChangesAsync(stop);
            if (one.Open)
                round.Open(by, now, await db.MailAddressesAsync(Role.Respondent, units.Select(u => u.Id), now.DayInJapan(), stop));
            await db.SaveChangesAsync(stop);
        }
    }
}

public sealed record SeedGovernment(string? Code, string Name, string Reading, GovernmentKind Kind, string? Bureau = null, FiscalYear? FirstYear = null, FiscalYear? LastYear = null, decimal? Latitude = null, decimal? Longitude = null);

public sealed record SeedUnit(string Code, string Name, OrgUnitKind Kind, string? Parent = null, FiscalYear? FirstYear = null, FiscalYear? LastYear = null);

/// <summary>A person. <paramref name="TotpSecret"/> (Base32) sets a second factor.</summary>
public sealed record SeedPerson(string Email, string Name, IReadOnlyList<SeedRole> Roles, string? Password = null, string? TotpSecret = null);

public sealed record SeedRole(string Unit, Role Role, DateOnly? From = null, DateOnly? Until = null);

public sealed record SeedPartner(string Name, string Kind, string? CorporateNumber = null, string? Branch = null, string? Reading = null, string? Municipality = null, string? Source = null);

public sealed record SeedTotal(string Programme, string ProgrammeName, int FormNo, string Form, int Year, CountState State, int? Count, string Source);

/// <summary>A round, prepared or (<paramref name="Open"/>) sent, by the coordinator whose mail address is given.</summary>
public sealed record SeedRound(string Programme, int Year, Phase Phase, string Coordinator, IReadOnlyList<string> Units, Letter Letter, DateOnly Due, DateOnly? LastNew = null, DateOnly? LastCorrection = null, string? Title = null, bool Open = false);

public sealed record Entered(int Units, int People, int Programmes, int Partners, int Rounds);
