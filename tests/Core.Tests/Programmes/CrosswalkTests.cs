using Kyodo.Common;
using Kyodo.Core.Tests.World;
using Kyodo.Programmes;
using Kyodo.Questions;
using Xunit;

namespace Kyodo.Core.Tests.Programmes;

/// <summary>What others call a form of collaboration, and which of ours it is.</summary>
public sealed class CrosswalkTests
{
    private static readonly Actor Coordinator = new(1, "協働 花子", [new Duty(Role.Coordinator, 1)]);
    private static readonly DateTimeOffset Now = JapanTime.At(new DateOnly(2007, 5, 7), 10);

    [Theory]
    [InlineData("アダプトプログラム", 2)]
    [InlineData("ｱﾀﾞﾌﾟﾄﾌﾟﾛｸﾞﾗﾑ", 2)]
    [InlineData(" 補助金 ", 5)]
    [InlineData("共催", 4)]
    [InlineData("合同企画", null)]
    [InlineData("", null)]
    public void A_municipalitys_word_leads_to_the_form(string written, int? form) =>
        Assert.Equal(form, Crosswalk.FormOf(Municipal().FormsIn(new FiscalYear(2007)), written)?.No);

    [Fact]
    public void The_form_is_filled_in_where_nobody_chose_one_and_never_over_a_choice()
    {
        var programme = Municipal();
        var (questions, forms) = (programme.Questionnaire.Questions, programme.FormsIn(new FiscalYear(2007)));
        var said = Kyodo.Cases.Answers.None.With("local_form", "後援");
        Assert.Equal(4, FormType.Main(said.WithFormByCrosswalk(questions, forms)["form"]));
        var withWords = said.With("form", new System.Text.Json.Nodes.JsonObject { ["other"] = "見本" }).WithFormByCrosswalk(questions, forms)["form"]!;
        Assert.Equal((4, "見本"), (FormType.Main(withWords), withWords["other"]!.GetValue<string>()));
        var chosen = said.With("form", new System.Text.Json.Nodes.JsonObject { ["main"] = 2 });
        Assert.Same(chosen, chosen.WithFormByCrosswalk(questions, forms));
        var unknown = Kyodo.Cases.Answers.None.With("local_form", "合同企画");
        Assert.Same(unknown, unknown.WithFormByCrosswalk(questions, forms));
        // A programme that does not ask for a municipality's words is left alone.
        Assert.Same(said, said.WithFormByCrosswalk([.. questions.Where(q => q.Key != "local_form")], forms));
    }

    [Fact]
    public void One_word_belongs_to_one_form_and_only_the_division_writes_it()
    {
        var programme = Municipal();
        Assert.Throws<Refusal>(() => programme.CallAlso(Words((2, ["協定"])), Coordinator with { Duties = [new Duty(Role.Respondent, 1)] }, Now));
        Assert.Contains("(2)と(4)", Assert.Throws<Refusal>(() => programme.CallAlso(Words((2, ["合同企画"]), (4, ["合同企画"])), Coordinator, Now)).Message, StringComparison.Ordinal);
        Assert.Contains("別の協働形態の名前", Assert.Throws<Refusal>(() => programme.CallAlso(Words((2, ["共催"])), Coordinator, Now)).Message, StringComparison.Ordinal);
        Assert.Throws<Refusal>(() => programme.CallAlso(Words((2, [new string('長', 41)])), Coordinator, Now));
        programme.CallAlso(Words((2, ["協定", "合同企画"])), Coordinator, Now);
        Assert.Equal(2, Crosswalk.FormOf(programme.FormsIn(new FiscalYear(2007)), "合同企画")!.No);
        Assert.Null(Crosswalk.FormOf(programme.FormsIn(new FiscalYear(2007)), "補助金"));
    }

    private static Programme Municipal() => BuiltInProgrammes.Enter(Actor.Program, Now).Single(p => p.Key == "municipal");

    private static Dictionary<int, IReadOnlyList<string>> Words(params (int No, IReadOnlyList<string> Of)[] words) => words.ToDictionary(w => w.No, w => w.Of);
}
