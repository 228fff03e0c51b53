using Kyodo.Approval;
using Kyodo.Cases;
using Kyodo.Cases.Files;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Compilation;
using Kyodo.Editions;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Samples;

/// <summary>
/// FY2007 carried through, by the same verbs that people use and at the times they would: round, workbooks, answers, approval, compilation,
/// release. Only the files of a release are drawn by somebody else.
/// </summary>
public sealed partial class SampleYear(Database database, Func<RevisionDraft, string, Task> writeFiles, Action<string>? progress = null)
{
    public static FiscalYear Year { get; } = new(2007);

    private const string Remark = "この版の事例は見本です。件数は文書の平成19年度の数と同じになるように置いています。";
    private const string Nil = "mihon-kensho";
    private const string SentBackOnce = "aso";

    // Asked in autumn, when the budget is drafted, some could already say what they would do without one; in spring all were asked.
    private static readonly string[] AnswersInAutumn = ["chiikishinko", "partnership", "somu", "keisatsu", "kigyo"];

    // Of a year that has not begun nothing is known of what came of it.
    private static readonly string[] NotYetKnown = ["indicators", "result"];

    private static readonly DateTimeOffset Entered = JapanTime.At(new DateOnly(2006, 10, 2), 9);
    private static readonly DateTimeOffset AskedInAutumn = JapanTime.At(new DateOnly(2006, 10, 10), 10);
    private static readonly DateTimeOffset Prepared = At(4, 2, 9);
    private static readonly DateTimeOffset Opened = At(4, 10, 10);
    private static readonly DateTimeOffset Accepted = At(5, 14, 14);
    private static readonly DateTimeOffset Released = At(6, 1, 10);

    private string SampleFolder => Path.Combine(database.DataFolder, "samples");

    public async Task CarryThroughAsync()
    {
        Say("組織・人・制度・過去の件数を登録しています");
        await using (var db = database.Open())
            await SamplePrefecture.EnterAsync(db, Entered);
        await AnswerInAutumnAsync();
        await OpenRoundAsync("ps", "男パ第12号");
        await OpenRoundAsync("zero-budget", "男パ第13号");
        Say("各組織の回答票（Excel）を作り、回答・決裁しています");
        foreach (var (unit, order) in (await UnitsAsync()).Select((unit, order) => (unit, order)))
            await AnswerAsync(unit, Opened.AddDays(1 + (order % 20)).AddHours(order % 5));
        foreach (var programme in new[] { "ps", "zero-budget" })
            await CompileAndReleaseAsync(programme);
        await AskMunicipalitiesAsync();
        await TrainAsync();
        await EvaluateAsync();
        await SelectBestAsync();
        await MeetAsync();
        await using var later = database.Open();
        await SamplePrefecture.ReorganizeAsync(later);
    }

    // 県民連携事業 is asked twice: what is answered here, spring's answers update. It is accepted and closed, and nothing of it is published.
    private async Task AnswerInAutumnAsync()
    {
        await OpenRoundAsync("zero-budget", "男パ第41号（見本）", Year, Entered, AskedInAutumn, (new DateOnly(2006, 10, 27), new DateOnly(2006, 11, 2), new DateOnly(2006, 11, 10)), "", phase: Phase.BudgetDrafting);
        foreach (var (unit, order) in AnswersInAutumn.Select((unit, order) => (unit, order)))
        {
            var at = AskedInAutumn.AddDays(2 + order).AddHours(order);
            await ImportAsync(unit, "zero-budget", await WriteWorkbookAsync(unit, ["zero-budget"], at, NotYetKnown), at);
            await SubmitAsync(unit, "zero-budget", at.AddHours(1));
            await DecideAsync(unit, "zero-budget", at.AddDays(1), sendBackBecause: null);
        }
        await using var db = database.Open();
        var (by, closed) = (await CoordinatorAsync(db), JapanTime.At(new DateOnly(2006, 11, 13), 14));
        foreach (var inquiry in await db.Inquiries.WithRound().Where(i => i.Status == InquiryStatus.Answered).ToListAsync())
            inquiry.Accept(by, closed);
        (await db.Rounds.SingleAsync(r => r.Phase == Phase.BudgetDrafting)).Close(by, closed);
        await db.SaveChangesAsync();
    }

    /// <summary>A round of the present fiscal year, open for a month, so that whoever looks can answer, approve and compile for themselves.</summary>
    public async Task OpenRoundToTryAsync(DateTimeOffset now)
    {
        var today = now.DayInJapan();
        var days = (Due: OfficeDays.OnOrAfter(today.AddDays(30)), LastNew: OfficeDays.OnOrAfter(today.AddDays(40)), LastCorrection: OfficeDays.OnOrAfter(today.AddDays(50)));
        await OpenRoundAsync("ps", "見本第1号", FiscalYear.Of(today), now, now, days, "（見本・お試し用）", attached: "記入例（見本）.xlsx");
        await ShowWhatARoundMeetsAsync(FiscalYear.Of(today), now);
        await OpenEvaluationToTryAsync(now);
        await OpenSelectionToTryAsync(now);
        await PlanTrainingToTryAsync(now);
    }

    // A bureau asks two of its municipalities, another is given more time, and a question has been answered: each to be looked at.
    private async Task ShowWhatARoundMeetsAsync(FiscalYear year, DateTimeOffset now)
    {
        await using var db = database.Open();
        var (coordinator, today) = (await CoordinatorAsync(db), now.DayInJapan());
        Task<Inquiry> InquiryOfAsync(string unit) => db.Inquiries.WithWholeRound().SingleAsync(i => i.Unit.Code == unit && i.Round.Year == year && i.Round.ProgrammeKey == "ps");

        var bureau = await InquiryOfAsync("aso");
        string[] asked = ["432148", "434230"];
        var municipalities = await db.OrgUnits.Where(u => asked.Contains(u.Code)).OrderBy(u => u.Order).ToListAsync();
        bureau.Relay(municipalities, "市町村で行う事業のうち、県の予算によるものを書いてください（見本）。", OfficeDays.OnOrAfter(bureau.Due.AddDays(-7)), await RespondentAsync(db, "aso"), now,
            await db.MailAddressesAsync(Role.Respondent, municipalities.Select(u => u.Id), today));

        var late = await InquiryOfAsync("kamimashiki");
        var respondents = await db.MailAddressesAsync(Role.Respondent, [late.UnitId], today);
        late.Extend(OfficeDays.OnOrAfter(late.Due.AddDays(7)), "災害対応のため（見本）", coordinator, now, respondents[late.UnitId]);

        var asking = await InquiryOfAsync("tamana");
        var question = new RoundQuestion(asking, "市町村と共催する事業は、県の予算がないものも対象ですか（見本）。", isAnonymous: false, await RespondentAsync(db, "tamana"), now, await db.CoordinatorAddressesAsync(now.DayInJapan()));
        db.RoundQuestions.Add(question);
        await db.SaveChangesAsync();
        question.Reply("この照会の対象は、県の予算によるものです。予算のないものは、県民連携事業の照会で回答してください（見本）。", coordinator, now,
            (await db.MailAddressesAsync(Role.Respondent, [asking.UnitId], today))[asking.UnitId]);
        await db.SaveChangesAsync();
    }

    private Task OpenRoundAsync(string programmeKey, string number) =>
        OpenRoundAsync(programmeKey, number, Year, Prepared, Opened, (new DateOnly(2007, 4, 27), new DateOnly(2007, 5, 11), new DateOnly(2007, 5, 25)), "");

    private async Task OpenRoundAsync(
        string programmeKey, string number, FiscalYear year, DateTimeOffset prepared, DateTimeOffset opened, (DateOnly Due, DateOnly LastNew, DateOnly LastCorrection) days, string titleEnd, string? attached = null, Phase phase = Phase.StartOfYear, Func<OrgUnit, bool>? which = null)
    {
        Say($"照会を送っています（{year.Japanese} {programmeKey}）");
        await using var db = database.Open();
        var by = await CoordinatorAsync(db);
        var programme = await db.ProgrammeAsync(programmeKey);
        var units = (await db.OrgUnits.OrderBy(u => u.Order).ToListAsync()).Where(u => u.StandsIn(year) && (which?.Invoke(u) ?? u.Kind is not OrgUnitKind.Municipality)).ToList();
        var round = new Round(programme, year, phase, by, prepared);
        round.Describe(round.Title + titleEnd, new Letter
        {
            Number = number,
            Date = opened.DayInJapan(),
            Sender = "男女共同参画・パートナーシップ推進課長",
            Officer = "見本 協子",
            Extension = "0000",
            Body = Letter.DefaultBody(programme.NameJa, programme.AsksFor, year),
        }, days.Due, days.LastNew, days.LastCorrection, by, prepared);
        round.Ask(units, by, prepared);
        if (attached is not null)
            await new RoundFiles(database.DataFolder).AttachAsync(round, attached, await File.ReadAllBytesAsync(Path.Combine(SampleFolder, "doboku.xlsx")), by, prepared);
        db.Rounds.Add(round);
        await db.SaveChangesAsync();
        round.Open(by, opened, await db.MailAddressesAsync(Role.Respondent, units.Select(u => u.Id), opened.DayInJapan()));
        await db.SaveChangesAsync();
    }

    private async Task AnswerAsync(string unit, DateTimeOffset at)
    {
        if (unit == Nil)
        {
            foreach (var programme in new[] { "ps", "zero-budget" })
                await AnswerNilAsync(unit, programme, at);
            return;
        }
        var file = await WriteWorkbookAsync(unit, ["ps", "zero-budget"], Opened, []);
        foreach (var programme in new[] { "ps", "zero-budget" })
        {
            await ImportAsync(unit, programme, file, at);
            if (programme == "ps" && SamplePictures.ByUnit.TryGetValue(unit, out var picture))
                await AddPictureAsync(unit, picture.Scene, picture.Alt, at.AddMinutes(30));
            await SubmitAsync(unit, programme, at.AddHours(1));
            if (unit == SentBackOnce && programme == "ps")
            {
                await DecideAsync(unit, programme, at.AddHours(3), "概要が、事業を知らない人にも分かるかをもう一度確かめ、庁内向け補足に残してください。");
                await NoteForStaffAsync(unit, programme, at.AddDays(1));
                await SubmitAsync(unit, programme, at.AddDays(1).AddHours(1));
            }
            await DecideAsync(unit, programme, at.AddDays(2), sendBackBecause: null);
        }
    }

    /// <summary>The unit's workbook as the unit would send it: a sheet a programme, kept in <c>samples/{unit code}.xlsx</c>.</summary>
    /// <param name="without">Questions that are left blank.</param>
    private async Task<string> WriteWorkbookAsync(string unitCode, IReadOnlyList<string> programmes, DateTimeOffset at, IReadOnlyCollection<string> without, IReadOnlyList<Dictionary<string, string>>? answered = null)
    {
        await using var db = database.Open();
        var unit = await db.OrgUnits.FirstAsync(u => u.Code == unitCode);
        var municipalities = await db.MunicipalityNamesAsync(Year);
        var answers = answered ?? SampleFiles.Answers(unitCode);
        var sheets = new List<UnitSheet>();
        foreach (var key in programmes)
        {
            var inquiry = await db.InquiryAsync(key, Year, unitCode);
            // What was answered in autumn stands in the row that spring's answer updates.
            var begun = await db.Cases.AsNoTracking().InReplyTo(inquiry).ToDictionaryAsync(c => c.Title, StringComparer.Ordinal);
            sheets.Add(new UnitSheet(key, inquiry.Round.Programme.NameJa, inquiry.Round.Questionnaire.Questions, inquiry.Round.ReadingContext(municipalities),
                [.. answers.Where(row => row["programme"] == key)
                .Select(row => (Row: row, Begun: begun.GetValueOrDefault(row["title"])))
                .Select(pair => new UnitSheetRow(pair.Begun?.Id, pair.Begun?.Version, pair.Row.Where(cell => !without.Contains(cell.Key.Split('.')[0])).ToDictionary()))]));
        }
        Directory.CreateDirectory(SampleFolder);
        var path = Path.Combine(SampleFolder, $"{unitCode}.xlsx");
        await using var file = File.Create(path);
        UnitWorkbook.Write(file, unitCode, unit.Name, Year, sheets, at);
        return path;
    }

    private async Task ImportAsync(string unit, string programme, string path, DateTimeOffset at)
    {
        await using var db = database.Open();
        var by = await RespondentAsync(db, unit);
        var inquiry = await db.InquiryAsync(programme, Year, unit);
        inquiry.Receive(by, at.AddHours(-1));
        await using var file = File.OpenRead(path);
        var import = await CaseImport.CheckAsync(db, inquiry, CaseFile.ReadAll(file), await db.MunicipalityNamesAsync(Year), by, at);
        await import.SaveAsync(db, "workbook", by, at);
    }

    private async Task AnswerNilAsync(string unit, string programme, DateTimeOffset at)
    {
        await using var db = database.Open();
        var by = await RespondentAsync(db, unit);
        var inquiry = await db.InquiryAsync(programme, Year, unit);
        inquiry.SayNil("今年度は、協働で行う事業がありません（見本）。", by, at);
        await db.SaveChangesAsync();
        await SubmitAsync(unit, programme, at.AddHours(1));
        await DecideAsync(unit, programme, at.AddDays(1), sendBackBecause: null);
    }

    private async Task NoteForStaffAsync(string unit, string programme, DateTimeOffset at)
    {
        await using var db = database.Open();
        var by = await RespondentAsync(db, unit);
        var inquiry = await db.InquiryAsync(programme, Year, unit);
        var first = await db.Cases.Include(c => c.Project).InReplyTo(inquiry).OrderBy(c => c.TitleKey).FirstAsync();
        first.Edit(first.Answers.With("internal_note", "概要を、事業を知らない職員に読んでもらって確かめた（見本）。"), inquiry, first.Version, "web", by, at);
        await db.SaveChangesAsync();
    }

    private async Task AddPictureAsync(string unit, string scene, string alt, DateTimeOffset at)
    {
        await using var db = database.Open();
        var by = await RespondentAsync(db, unit);
        var inquiry = await db.InquiryAsync("ps", Year, unit);
        var first = await db.Cases.Include(c => c.Project).InReplyTo(inquiry).OrderBy(c => c.TitleKey).FirstAsync();
        var read = await PhotoReader.ReadAsync(SamplePictures.Draw(scene, unit.Length));
        var photos = FileType.With(null, read.Id, read.Width, read.Height);
        (photos[0]!["alt"], photos[0]!["credit"], photos[0]!["rights"]) = (alt, "見本（プログラムが描いた図）", FileType.Rights[0]);
        await db.KeepPhotoAsync(new PhotoStore(database.DataFolder), read, by, at);
        first.Edit(first.Answers.With("photos", photos), inquiry, first.Version, "web", by, at);
        await db.SaveChangesAsync();
    }

    private async Task SubmitAsync(string unit, string programme, DateTimeOffset at)
    {
        await using var db = database.Open();
        var by = await RespondentAsync(db, unit);
        var inquiry = await db.InquiryAsync(programme, Year, unit);
        var cases = await db.Cases.InReplyTo(inquiry).ToListAsync();
        var approvers = await db.MailAddressesAsync(Role.Approver, [inquiry.UnitId], at.DayInJapan());
        db.ApprovalRequests.Add(ApprovalRequest.Submit(inquiry, cases, by, at, approvers[inquiry.UnitId]));
        await db.SaveChangesAsync();
    }

    private async Task DecideAsync(string unit, string programme, DateTimeOffset at, string? sendBackBecause)
    {
        await using var db = database.Open();
        var by = await db.ActorAsync($"{unit}-approver@{SamplePrefecture.Domain}", at.DayInJapan());
        var request = await db.ApprovalRequests.WithInquiry()
            .Where(a => a.Inquiry.Unit.Code == unit && a.Inquiry.Round.ProgrammeKey == programme && a.Status == ApprovalStatus.Pending)
            .FirstAsync();
        if (sendBackBecause is null)
            request.Approve(by, at);
        else
            request.SendBack(sendBackBecause, by, at, (await db.MailAddressesAsync(Role.Respondent, [request.Inquiry.UnitId], at.DayInJapan()))[request.Inquiry.UnitId]);
        await db.SaveChangesAsync();
    }

    private async Task CompileAndReleaseAsync(string programme, string remark = Remark)
    {
        Say($"取りまとめ、第1版を公表しています（{programme}）");
        await using (var db = database.Open())
        {
            var by = await CoordinatorAsync(db);
            foreach (var inquiry in await db.Inquiries.WithRound().Where(i => i.Round.ProgrammeKey == programme && i.Status == InquiryStatus.Answered).ToListAsync())
                inquiry.Accept(by, Accepted);
            var round = await db.Rounds.FirstAsync(r => r.ProgrammeKey == programme && r.Year == Year && r.Phase == Phase.StartOfYear);
            round.Close(by, Accepted.AddDays(11));
            await db.SaveChangesAsync();
            var open = (await db.CompileAsync(programme, Year)).Findings.Where(f => f.Severity is Severity.Warning && f.Note is null);
            foreach (var warning in open)
                db.Add(new WarningNote(programme, Year, warning.Key, "内容を確かめました。このまま公表します（見本）。", by, Accepted));
            await db.SaveChangesAsync();
        }
        await using (var db = database.Open())
        {
            var table = await db.CompileAsync(programme, Year);
            await db.ReleaseAsync(table, new EditionShelf(database.DataFolder), new ReleaseWish(Remark: remark), writeFiles, await CoordinatorAsync(db), Released);
        }
    }

    private async Task<List<string>> UnitsAsync()
    {
        await using var db = database.Open();
        return await db.OrgUnits.Where(u => u.Kind != OrgUnitKind.Municipality).OrderBy(u => u.Order).Select(u => u.Code).ToListAsync();
    }

    private static Task<Actor> CoordinatorAsync(AppDb db) => db.ActorAsync($"coordinator@{SamplePrefecture.Domain}", Opened.DayInJapan());

    private static Task<Actor> RespondentAsync(AppDb db, string unit) => db.ActorAsync($"{unit}@{SamplePrefecture.Domain}", Opened.DayInJapan());

    private static DateTimeOffset At(int month, int day, int hour) => JapanTime.At(new DateOnly(2007, month, day), hour);

    private void Say(string what) => progress?.Invoke(what);
}
