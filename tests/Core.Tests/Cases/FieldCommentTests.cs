using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.Core.Tests.Cases;

public sealed class FieldCommentTests
{
    [Fact]
    public async Task What_is_written_beside_an_answer_is_kept_with_its_version_and_struck_off_and_opened_again()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        var questions = inquiry.Round.Questionnaire.Questions;
        var typed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FieldComment.FieldName(one.Id, "purpose")] = " だれのためかを書き足してください。 ",
            [FieldComment.FieldName(one.Id, "summary")] = "  ",
            [FieldComment.FieldName("000000000000", "summary")] = "よその事例",
            [FieldComment.FieldName(one.Id, "no-such")] = "ない項目",
        };
        Assert.Equal(1, office.Db.Comment(typed, [one], questions, office.Approver, office.Now));
        await office.Db.SaveChangesAsync();
        var comment = Assert.Single(await office.Db.CommentsOnAsync([one.Id]));
        Assert.Equal(("purpose", "だれのためかを書き足してください。", one.Version, true), (comment.QuestionKey, comment.Text, comment.SeenVersion, comment.IsOpen));

        await office.Db.StrikeCommentsAsync(one.Id, [comment.Id], [comment.Id], office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.Equal("道路 一子", Assert.Single(await office.Db.CommentsOnAsync([one.Id])).StruckBy);
        await office.Db.StrikeCommentsAsync("000000000000", [comment.Id], [], office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.False(Assert.Single(await office.Db.CommentsOnAsync([one.Id])).IsOpen);
        await office.Db.StrikeCommentsAsync(one.Id, [comment.Id], [], office.Respondent, office.Now);
        await office.Db.SaveChangesAsync();
        Assert.True(Assert.Single(await office.Db.CommentsOnAsync([one.Id])).IsOpen);
        Assert.Equal(3, await office.Db.AuditTrail.CountAsync(e => e.Verb.StartsWith("field-comment")));
    }

    [Fact]
    public async Task A_comment_that_is_too_long_is_refused_by_the_name_of_its_field()
    {
        await using var office = await Office.OpenAsync();
        var inquiry = await office.InquiryAsync();
        var one = await office.WriteCaseAsync(inquiry);
        var refused = Assert.Throws<Refusal>(() => office.Db.Comment([KeyValuePair.Create(FieldComment.FieldName(one.Id, "purpose"), new string('あ', 1001))], [one], inquiry.Round.Questionnaire.Questions, office.Approver, office.Now));
        Assert.Contains("「目的」", refused.Message, StringComparison.Ordinal);
    }
}
