using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Editions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Editions;

public sealed class LineageAtReleaseTests
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task New_and_continued_are_computed_from_the_history_whatever_was_declared(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var past = await office.AnswerThisYearAsync("doboku", "ps", "道の清掃", "春の花", "秋の花");
        var zero = (await office.AnswerThisYearAsync("doboku", "zero-budget", "川の見守り"))[0];
        Assert.All(await ReleaseAsync(office, "ps", Office.Year), one => Assert.Equal("unknown", one.Lineage));
        await ReleaseAsync(office, "zero-budget", Office.Year);

        await office.OpenNextYearAsync();
        var inquiry = await office.NextInquiryAsync();
        // Every one of them is declared as 継続 by the sample's text or by the carrying.
        var now = (await office.CarryAsync(inquiry, past[0].Id, zero.Id)).ToList();
        now.Add(await office.WriteCaseAsync(inquiry, title: "四季の花"));
        now.Add(await office.WriteCaseAsync(inquiry, title: "まったく新しい事業"));
        await office.Db.MergeAsync(inquiry, past[1].Id, now[2].Id, "まとめた", office.Respondent, office.Now);
        await office.Db.EndAsync(inquiry, past[2].Id, "役目を終えた", office.Respondent, office.Now);
        var carriedZero = now.Single(c => c.CarriedFromId == zero.Id);
        carriedZero.Edit(Written.Answers(inquiry, Written.Texts("川の見守り")), inquiry, carriedZero.Version, "web", office.Respondent, office.Now);
        office.Submit(inquiry, now).Approve(office.Approver, office.Now);
        inquiry.Accept(office.Coordinator, office.Now);
        await office.Db.SaveChangesAsync();
        var lineage = (await ReleaseAsync(office, "ps", Years.Next)).ToDictionary(one => one.Title, one => one.Lineage);
        Assert.Equal(new Dictionary<string, string> { ["道の清掃"] = "continued", ["川の見守り"] = "continued", ["四季の花"] = "continued", ["まったく新しい事業"] = "new" }, lineage);
    }

    private static async Task<List<PublishedCase>> ReleaseAsync(Office office, string programme, FiscalYear year)
    {
        foreach (var warning in (await office.Db.CompileAsync(programme, year)).Findings.Where(f => f.Severity is Severity.Warning))
            office.Db.Add(new WarningNote(programme, year, warning.Key, "確かめました。", office.Coordinator, office.Now));
        await office.Db.SaveChangesAsync();
        var revision = await office.Db.ReleaseAsync(await office.Db.CompileAsync(programme, year), new EditionShelf(office.Database.DataFolder), new ReleaseWish(), WriteNothing, office.Coordinator, office.Now);
        return await office.Db.PublishedCases.AsNoTracking().Where(c => c.RevisionId == revision.Id).ToListAsync();
    }

    private static Task WriteNothing(RevisionDraft draft, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "public"));
        Directory.CreateDirectory(Path.Combine(folder, "staff"));
        return Task.CompletedTask;
    }
}
