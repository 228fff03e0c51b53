using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Core.Tests.World;

/// <summary>The office a year later: 平成19年度's reply is accepted, and 平成20年度's round is open.</summary>
internal static class Years
{
    public static readonly FiscalYear Next = Office.Year.Next;

    extension(Office office)
    {
        /// <summary>A unit's cases of 2007, handed in, approved and accepted.</summary>
        public async Task<IReadOnlyList<Case>> AnswerThisYearAsync(string unit, string programme, params string[] titles)
        {
            var inquiry = await office.InquiryAsync(unit, programme);
            var cases = new List<Case>();
            foreach (var title in titles)
                cases.Add(await office.WriteCaseAsync(inquiry, office.RespondentOf(inquiry), title));
            office.Submit(inquiry, cases).Approve(office.ApproverOf(inquiry), office.Now);
            inquiry.Accept(office.Coordinator, office.Now);
            await office.Db.SaveChangesAsync();
            return cases;
        }

        /// <summary>Moves the clock into the next spring, with a round open for both units.</summary>
        public async Task OpenNextYearAsync(string programme = "ps", FiscalYear? year = null)
        {
            var asked = year ?? Next;
            office.Clock.MoveTo(new DateOnly(asked.Year, 5, 7));
            var units = await office.Db.OrgUnits.Where(u => u.Code == "doboku" || u.Code == "kankyo").ToListAsync();
            var round = new Round(await office.Db.ProgrammeAsync(programme), asked, Phase.StartOfYear, office.Coordinator, office.Now);
            var letter = new Letter { Number = "男パ第20号", Date = Office.Opened, Sender = "推進課長", Officer = "協働 花子", Extension = "5201", Body = "回答してください。" };
            round.Describe($"{asked.Japanese}の照会", letter, new DateOnly(asked.Year, 5, 25), new DateOnly(asked.Year, 6, 1), new DateOnly(asked.Year, 6, 15), office.Coordinator, office.Now);
            round.Ask(units, office.Coordinator, office.Now);
            office.Db.Rounds.Add(round);
            await office.Db.SaveChangesAsync();
            round.Open(office.Coordinator, office.Now, Enumerable.Empty<string>().ToLookup(_ => 0L));
            await office.Db.SaveChangesAsync();
        }

        public Task<Inquiry> NextInquiryAsync(string unit = "doboku", string programme = "ps", FiscalYear? year = null) => office.Db.InquiryAsync(programme, year ?? Next, unit);

        public async Task<IReadOnlyList<Case>> CarryAsync(Inquiry inquiry, params string[] caseIds)
        {
            var carried = await office.Db.CarryAsync(inquiry, caseIds, inquiry.Round.ReadingContext(Office.Municipalities), office.RespondentOf(inquiry), office.Now);
            await office.Db.SaveChangesAsync();
            return [.. carried.Select(c => c.Case)];
        }
    }
}
