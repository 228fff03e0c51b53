using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>A line of the file: who, and which role they would have. <paramref name="Problems"/> name the cell by its header.</summary>
public sealed record PeopleLine(int Row, string Email, string Name, string Unit, string Role, string From, string Until, Grant? Grant, Person? Known, IReadOnlyList<Problem> Problems)
{
    public bool IsNew => Known is null;
}

/// <summary>
/// People by CSV, a line a role: somebody with two roles has two lines. Everything is looked at before anything is saved; then all is saved in
/// one transaction, and whoever is new is invited.
/// </summary>
public sealed record PeopleImport(PeopleCsv Csv, IReadOnlyList<PeopleLine> Lines)
{
    public static readonly IReadOnlyList<string> Headers = ["名前", "メールアドレス", "組織コード", "役割", "はじめの日", "おわりの日"];

    public IReadOnlyList<Problem> Problems => [.. Lines.SelectMany(line => line.Problems)];

    public int NewPeople => Lines.Where(line => line.IsNew).Select(line => line.Email.ToUpperInvariant()).Distinct().Count();

    public static async Task<PeopleImport> CheckAsync(AppDb db, ReadOnlyMemory<byte> file, Actor by, DateOnly today, CancellationToken stop = default)
    {
        var csv = PeopleCsv.Read(file.Span, Headers, ["名前", "メールアドレス", "組織コード", "役割"]);
        var units = await db.OrgUnits.ToListAsync(stop);
        var keys = csv.Rows.Select(row => csv.Cell(row.Cells, "メールアドレス").ToUpperInvariant()).Distinct().ToList();
        var known = await db.Whole().Where(p => keys.Contains(p.NormalizedUserName!)).ToDictionaryAsync(p => p.NormalizedUserName!, StringComparer.Ordinal, stop);
        var lines = new List<PeopleLine>();
        foreach (var (number, cells) in csv.Rows)
        {
            var (name, email, unitText, roleText) = (csv.Cell(cells, "名前"), csv.Cell(cells, "メールアドレス"), csv.Cell(cells, "組織コード"), csv.Cell(cells, "役割"));
            var problems = new List<Problem>();
            void Wrong(string header, string message) => problems.Add(new Problem(Severity.Error, message, Cell: $"{number}行目「{header}」"));
            var person = known.GetValueOrDefault(email.ToUpperInvariant());
            if (PeopleRules.WhyNotAddress(email) is { } address)
                Wrong("メールアドレス", address);
            if (name.Length == 0 && person is not null)
                name = person.Name;
            if (PeopleRules.WhyNotName(name) is { } called)
                Wrong("名前", called);
            else if ((person?.Name ?? lines.Find(line => line.Email.Equals(email, StringComparison.OrdinalIgnoreCase))?.Name) is { } other && TextForms.Key(other) != TextForms.Key(name))
                Wrong("名前", $"同じメールアドレスの人が「{other}」として{(person is null ? "ほかの行にあります" : "登録されています")}。メールアドレスが正しいか確かめてください。");
            var unit = UnitOf(units, unitText);
            if (unit is null)
                Wrong("組織コード", unitText.Length == 0 ? "組織コードを書いてください。" : $"組織「{unitText}」はありません。");
            var role = RoleNames.Find(roleText);
            if (role is null)
                Wrong("役割", $"役割「{roleText}」はありません。{RoleNames.All}のどれかを書いてください。");
            var (from, until) = (csv.Cell(cells, "はじめの日"), csv.Cell(cells, "おわりの日"));
            var period = new Period(PeopleCsv.Day(from, why => Wrong("はじめの日", why)), PeopleCsv.Day(until, why => Wrong("おわりの日", why)));
            Grant? grant = null;
            if (unit is not null && role is { } has && problems.Count == 0)
            {
                grant = new Grant(unit, has, period);
                var why = person is null ? PeopleRules.WhyNotAdminister(by) ?? PeopleRules.WhyNotGrant(grant, today) : PeopleRules.WhyNotGive(person, grant, by, today);
                if (why is not null)
                    Wrong(period.IsBackwards || period.Until < today ? "おわりの日" : unit.StandsIn(FiscalYear.Of(period.From is { } day && day > today ? day : today)) ? "メールアドレス" : "組織コード", why);
                if (lines.Find(line => line.Email.Equals(email, StringComparison.OrdinalIgnoreCase) && line.Grant is { } before && before.Unit == unit && before.Role == has && before.Period.Overlaps(period)) is { } twice)
                    Wrong("役割", $"{twice.Row}行目と同じ人の、同じ組織の同じ役割です。");
            }
            lines.Add(new PeopleLine(number, email, name, unit?.Name ?? unitText, role is { } found ? RoleNames.Of(found) : roleText, from, until, grant, person, problems));
        }
        return new PeopleImport(csv, lines);
    }

    /// <summary>All of it or, where a cell is wrong, nothing: looked at again as things stand now.</summary>
    public static async Task<PeopleImport> SaveAsync(AppDb db, ReadOnlyMemory<byte> file, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        PeopleImport? import = null;
        await db.AloneAsync(now.DayInJapan(), async () =>
        {
            import = await CheckAsync(db, file, by, now.DayInJapan(), stop);
            if (import.Problems.Count > 0)
                throw new Refusal("直すところがあるため、何も保存していません。", import.Problems);
            foreach (var one in import.Lines.GroupBy(line => line.Email.ToUpperInvariant()))
            {
                if (one.First().Known is { } person)
                {
                    foreach (var line in one)
                        person.Give(line.Grant!, by, now);
                }
                else
                {
                    db.EnterInvited(one.First().Email, one.First().Name, [.. one.Select(line => line.Grant!)], by, now);
                }
            }
        }, stop);
        return import!;
    }

    /// <summary>By its code, or by its name where only one has it.</summary>
    internal static OrgUnit? UnitOf(IReadOnlyList<OrgUnit> units, string text) =>
        units.FirstOrDefault(u => u.Code.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? (units.Where(u => TextForms.Key(u.Name) == TextForms.Key(text)).Take(2).ToList() is [var only] ? only : null);
}
