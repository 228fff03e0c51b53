using System.Text.Json.Nodes;
using Kyodo.Approval;
using Kyodo.Cases.Photos;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Questions;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using Xunit;

namespace Kyodo.Core.Tests.Photos;

public sealed class PhotoTests
{
    private static readonly Question Asked = new() { Key = "photos", Type = "file", LabelJa = "写真" };

    private static readonly ReadingContext Context = new(Office.Year, [], []);

    [Fact]
    public void The_form_says_words_order_and_taking_out_and_reads_back_what_it_wrote()
    {
        var value = FileType.With(FileType.With(null, Id('a'), 100, 50), Id('b'), 80, 60);
        var texts = Asked.AnswerType.Write(Asked, value);
        Assert.True(JsonNode.DeepEquals(value, Read(texts, value)));
        (texts["alt"], texts["rights"], texts["place"]) = ("川\n花", $"{FileType.Rights[0]}\n", "2\n1");
        Assert.Equal(["花", "川"], FileType.Of(Read(texts, value)).Select(photo => photo.Alt));
        texts["place"] = $"1\n{FileType.TakeOut}";
        var left = Assert.Single(FileType.Of(Read(texts, value)));
        Assert.Equal((Id('a'), 100, 50, true), (left.Id, left.Width, left.Height, left.MayBePublished));
    }

    [Fact]
    public void A_number_that_the_case_does_not_have_brings_no_photo_in()
    {
        var texts = Asked.AnswerType.Write(Asked, FileType.With(null, Id('c'), 100, 50));
        Assert.Null(Read(texts, FileType.With(null, Id('a'), 100, 50)));
        Assert.Null(Read(texts, null));
    }

    [Fact]
    public void A_case_has_six_photos_at_most_and_each_once()
    {
        JsonNode? photos = null;
        for (var i = 0; i < FileType.Most; i++)
            photos = FileType.With(photos, Id((char)('0' + i)), 1, 1);
        Assert.Throws<Refusal>(() => FileType.With(photos, Id('f'), 1, 1));
        Assert.Contains("同じ写真", Assert.Throws<Refusal>(() => FileType.With(FileType.With(null, Id('a'), 1, 1), Id('a'), 1, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_without_alternative_text_stops_the_submission_and_no_photo_at_all_does_not()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        Assert.Null(ApprovalRequest.WhyNotSubmit(inquiry, [one], office.Respondent, office.Now));
        var photos = FileType.With(null, Id('a'), 100, 50);
        one.Edit(one.Answers.With("photos", photos), inquiry, one.Version, "web", office.Respondent, office.Now);
        Assert.Contains("写真", ApprovalRequest.WhyNotSubmit(inquiry, [one], office.Respondent, office.Now), StringComparison.Ordinal);
        photos[0]!["alt"] = "川と花";
        one.Edit(one.Answers.With("photos", photos), inquiry, one.Version, "web", office.Respondent, office.Now);
        Assert.Null(ApprovalRequest.WhyNotSubmit(inquiry, [one], office.Respondent, office.Now));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Who_sees_a_case_sees_its_photos_and_nobody_else_does(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var read = await PhotoReader.ReadAsync(Drawn());
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        await office.Db.KeepPhotoAsync(new PhotoStore(office.Database.DataFolder), read, office.Respondent, office.Now);
        Assert.False(await office.Db.MaySeePhotoAsync(read.Id, office.Respondent));
        one.Edit(one.Answers.With("photos", FileType.With(null, read.Id, read.Width, read.Height)), inquiry, one.Version, "web", office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        foreach (var by in new[] { office.Respondent, office.Approver, office.Coordinator, office.Auditor })
            Assert.True(await office.Db.MaySeePhotoAsync(read.Id, by), by.Name);
        foreach (var by in new[] { office.OtherRespondent, office.OtherApprover, Actor.Program })
            Assert.False(await office.Db.MaySeePhotoAsync(read.Id, by), by.Name);
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_file_without_a_record_goes_after_a_day_and_one_that_is_changed_is_named(Engine engine)
    {
        await using var office = await Office.OpenAsync(engine);
        var store = new PhotoStore(office.Database.DataFolder);
        var (kept, orphan) = (await PhotoReader.ReadAsync(Drawn()), await PhotoReader.ReadAsync(Drawn(SKColors.Green)));
        await office.Db.KeepPhotoAsync(store, kept, office.Respondent, office.Now);
        await office.Db.KeepPhotoAsync(store, kept, office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        await store.WriteAsync(orphan);
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(0, await store.SweepAsync(office.Db, now.AddHours(23)));
        Assert.Equal(2, await store.SweepAsync(office.Db, now.AddHours(25)));
        Assert.Null(store.Find(orphan.Id, small: false));
        Assert.Empty(await store.VerifyAsync(office.Db));
        await File.AppendAllTextAsync(store.Find(kept.Id, small: true)!, "x");
        Assert.Contains("-480.jpg", Assert.Single(await store.VerifyAsync(office.Db)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF")]
    public void A_number_that_is_none_finds_no_file(string id) => Assert.Null(new PhotoStore("/tmp").Find(id, small: false));

    private static JsonNode? Read(PartTexts texts, JsonNode? before)
    {
        var problems = new List<Problem>();
        var read = Asked.Read(texts, Context, problems);
        Assert.Empty(problems);
        return FileType.Known(read, before);
    }

    private static string Id(char digit) => new(digit, 64);

    private static byte[] Drawn(SKColor? colour = null)
    {
        using var bitmap = new SKBitmap(60, 40);
        bitmap.Erase(colour ?? SKColors.SkyBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
