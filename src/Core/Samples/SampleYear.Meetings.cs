using Kyodo.Common;
using Kyodo.Meetings;
using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

// The meeting across departments at the end of FY2007: three opinions, one of them still without an answer.
public sealed partial class SampleYear
{
    private static readonly DateTimeOffset Met = JapanTime.At(new DateOnly(2008, 3, 19), 10);

    private async Task MeetAsync()
    {
        Say("会議の意見を書いています");
        await using var db = database.Open();
        var by = await CoordinatorAsync(db);
        var meeting = new Meeting(new MeetingPlan("庁内協働推進会議（見本）", "ps", Year, Met.DayInJapan(), "県庁 会議室（見本）", "見本 部長（総合政策局）\n見本 次長（土木部）\n見本 課長（男女共同参画・パートナーシップ推進課）"), by, Met.AddDays(-14));
        db.Add(meeting);
        await db.SaveChangesAsync();
        (string Speaker, string Text)[] said =
        [
            ("総合政策局（見本）", "部局によって事例の数に差がある。出ていない部局には、どこで止まっているのかを早めに知らせてほしい。"),
            ("土木部（見本）", "道路や河川の活動は、相手方の団体が多い。評価の依頼をまとめて送れないか。"),
            ("教育庁（見本）", "学校との協働も事例に数えるのか。考え方を示してほしい。"),
        ];
        foreach (var (speaker, text) in said)
            db.Add(meeting.Hear(speaker, text, by, Met.AddHours(2)));
        await db.SaveChangesAsync();
        var office = await db.OrgUnits.SingleAsync(u => u.Code == "partnership");
        var opinions = await db.Opinions.Include(o => o.Meeting).OrderBy(o => o.Id).ToListAsync();
        opinions[0].Reply("次の照会から、期限の一週間前に部局ごとの進み具合を主管課へ知らせます。（見本）", office, new DateOnly(2008, 4, 25), by, Met.AddDays(5));
        opinions[0].Finish(by, Met.AddDays(8));
        opinions[1].Reply("相手方ごとに一つのリンクから、すべての事業に答えられるようにします。（見本）", office, new DateOnly(2008, 6, 30), by, Met.AddDays(5));
        await db.SaveChangesAsync();
    }
}
