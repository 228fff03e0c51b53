using Kyodo.Common;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Organizations.People;

/// <summary>A line of the file, with what would go over.</summary>
public sealed record HandoverLine(int Row, string From, string To, string Day, string What, Handover? Handover, IReadOnlyList<Problem> Problems);

/// <summary>Many handovers at once by CSV, as every April brings them. Without unit and role, all that the person has.</summary>
public sealed record HandoverImport(PeopleCsv Csv, IReadOnlyList<HandoverLine> Lines)
{
    public static readonly IReadOnlyList<string> Headers = ["前任者のメールアドレス", "後任者のメールアドレス", "引き継ぐ日", "組織コード", "役割"];

    public IReadOnlyList<Problem> Problems => [.. Lines.SelectMany(line => line.Problems)];

    public static async Task<HandoverImport> CheckAsync(AppDb db, ReadOnlyMemory<byte> file, Actor by, CancellationToken stop = default)
    {
        var csv = PeopleCsv.Read(file.Span, Headers, ["前任者のメールアドレス", "後任者のメールアドレス", "引き継ぐ日"]);
        var units = await db.OrgUnits.ToListAsync(stop);
        var keys = csv.Rows.SelectMany(row => new[] { csv.Cell(row.Cells, Headers[0]), csv.Cell(row.Cells, Headers[1]) }).Select(email => email.ToUpperInvariant()).Distinct().ToList();
        var known = await db.Whole().Where(p => keys.Contains(p.NormalizedUserName!)).ToDictionaryAsync(p => p.NormalizedUserName!, StringComparer.Ordinal, stop);
        var lines = new List<HandoverLine>();
        foreach (var (number, cells) in csv.Rows)
        {
            var problems = new List<Problem>();
            void Wrong(string header, string message) => problems.Add(new Problem(Severity.Error, message, Cell: $"{number}行目「{header}」"));
            Person? PersonIn(string header)
            {
                var email = csv.Cell(cells, header);
                var person = known.GetValueOrDefault(email.ToUpperInvariant());
                if (person is null)
                    Wrong(header, email.Length == 0 ? "メールアドレスを書いてください。" : $"「{email}」という人は登録されていません。");
                return person;
            }
            var (first, successor) = (PersonIn(Headers[0]), PersonIn(Headers[1]));
            var dayText = csv.Cell(cells, "引き継ぐ日");
            var day = PeopleCsv.Day(dayText, why => Wrong("引き継ぐ日", why));
            if (dayText.Length == 0)
                Wrong("引き継ぐ日", "引き継ぐ日を書いてください。");
            var (unitText, roleText) = (csv.Cell(cells, "組織コード"), csv.Cell(cells, "役割"));
            var unit = unitText.Length == 0 ? null : PeopleImport.UnitOf(units, unitText);
            if (unitText.Length > 0 && unit is null)
                Wrong("組織コード", $"組織「{unitText}」はありません。");
            var role = RoleNames.Find(roleText);
            if (roleText.Length > 0 && role is null)
                Wrong("役割", $"役割「{roleText}」はありません。{RoleNames.All}のどれかを書いてください。");
            Handover? handover = null;
            if (problems.Count == 0)
            {
                handover = new Handover(first!, successor!, day!.Value, unit is null && role is null
                    ? null
                    : [.. first!.Appointments.Where(a => (unit is null || a.UnitId == unit.Id) && (role is null || a.Role == role)).Select(a => a.Id)]);
                if (HandingOver.WhyNot(handover, by) is { } why)
                    Wrong(Headers[0], why);
                foreach (var twice in lines.Where(line => line.Handover is not null && line.Handover.Chosen.Any(handover.Chosen.Contains)))
                    Wrong(Headers[0], $"{twice.Row}行目でも、同じ役割が引き継がれることになっています。");
            }
            lines.Add(new HandoverLine(number, first?.Name ?? csv.Cell(cells, Headers[0]), successor?.Name ?? csv.Cell(cells, Headers[1]), dayText,
                handover is null ? "" : string.Join("、", handover.Chosen.Select(a => a.Words)), handover, problems));
        }
        return new HandoverImport(csv, lines);
    }

    /// <summary>All of it or nothing: looked at again as things stand now.</summary>
    public static async Task<HandoverImport> SaveAsync(AppDb db, ReadOnlyMemory<byte> file, Actor by, DateTimeOffset now, CancellationToken stop = default)
    {
        HandoverImport? import = null;
        await db.AloneAsync(now.DayInJapan(), async () =>
        {
            import = await CheckAsync(db, file, by, stop);
            if (import.Problems.Count > 0)
                throw new Refusal("直すところがあるため、何も保存していません。", import.Problems);
            await db.HandOverAsync([.. import.Lines.Select(line => line.Handover!)], by, now, stop);
        }, stop);
        return import!;
    }
}
