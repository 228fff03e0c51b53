using Kyodo.Common;
using Kyodo.Programmes;
using Kyodo.Questions;
using Kyodo.Rounds;
using Kyodo.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.App.Pages.Staff.Programmes;

/// <summary>One programme: its forms and the questions of its newest questionnaire. A change is a new version; open rounds keep theirs.</summary>
public sealed class ProgrammeModel(AppDb db, TimeProvider clock) : StaffPage(db, clock)
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty(Name = "q")]
    public NewQuestion Typed { get; set; } = new();

    /// <summary>The version of the questionnaire that the form was drawn from.</summary>
    [BindProperty(Name = "version")]
    public int SeenVersion { get; set; }

    public Programme Programme { get; private set; } = null!;

    public IReadOnlyList<RoundUsing> OpenRounds { get; private set; } = [];

    public IEnumerable<string> Sections => Programme.Questionnaire.Questions.Select(q => q.Section).Distinct();

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Db.Programmes.AnyAsync(p => p.Key == Key))
            return NotFound();
        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync()
    {
        var programme = await ToChangeAsync();
        var next = programme.Add(Typed.ToQuestion(), Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/programmes/{Key}", $"設問「{Typed.LabelJa}」を加えました。調査票は第{next.Version}版になりました。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string question)
    {
        var programme = await ToChangeAsync();
        var label = programme.Questionnaire.Questions.FirstOrDefault(q => q.Key == question)?.LabelJa;
        var next = programme.Remove(question, Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/programmes/{Key}", $"設問「{label}」を外しました。調査票は第{next.Version}版になりました。これまでの回答は残っています。");
    }

    /// <summary>From how many percent of change against the year before the form asks why; blank never asks.</summary>
    public async Task<IActionResult> OnPostLimitAsync(string question, string? percent)
    {
        var programme = await ToChangeAsync();
        var typed = TextForms.Fold(percent).TrimEnd('%');
        int? limit = typed.Length == 0 ? null
            : Quantity.TryNumber(typed, out var number) && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number
            : throw new Refusal($"増減の幅「{percent}」は数として読めません。例: 30");
        var next = programme.LimitChange(question, limit, Me, Now);
        await Db.SaveChangesAsync();
        var label = next.Questions.First(q => q.Key == question).LabelJa;
        return DoneAt($"/staff/programmes/{Key}", limit is null ? $"「{label}」が変わっても、理由を聞かないことにしました。" : $"「{label}」が前の年度から{limit}％を超えて変わったときに、理由を聞くことにしました。調査票は第{next.Version}版になりました。");
    }

    public async Task<IActionResult> OnPostCrosswalkAsync()
    {
        var programme = await ToChangeAsync();
        programme.CallAlso(programme.Forms.ToDictionary(form => form.No, form => (IReadOnlyList<string>)[.. TextForms.Clean(Request.Form[$"also.{form.No}"]).Split(['、', ',', '，', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]), Me, Now);
        await Db.SaveChangesAsync();
        return DoneAt($"/staff/programmes/{Key}#crosswalk", "対応表を保存しました。次の回答から使います。");
    }

    public string AlsoCalled(CollaborationForm form) => Refusal is not null && Request.HasFormContentType && Request.Form.TryGetValue($"also.{form.No}", out var typed) ? typed.ToString() : form.AlsoCalled ?? "";

    public override async Task LoadAsync()
    {
        Programme = await Db.Programmes.AsNoTracking().Include(p => p.Forms).Include(p => p.Questionnaires).AsSplitQuery().FirstAsync(p => p.Key == Key);
        OpenRounds = await Db.Rounds.AsNoTracking().Where(r => r.ProgrammeKey == Key && r.Status != RoundStatus.Closed)
            .OrderBy(r => r.Id).Select(r => new RoundUsing(r.Id, r.Title, r.Questionnaire.Version)).ToListAsync();
    }

    private async Task<Programme> ToChangeAsync()
    {
        var programme = await Db.ProgrammeAsync(Key);
        if (programme.Questionnaire.Version != SeenVersion)
            throw new DbUpdateConcurrencyException();
        return programme;
    }

    public sealed record RoundUsing(long Id, string Title, int Version);
}

/// <summary>A question as it was typed into the form.</summary>
public sealed class NewQuestion
{
    public string? Key { get; set; }

    public string? LabelJa { get; set; }

    public string? LabelEn { get; set; }

    public string? Section { get; set; }

    public string? Type { get; set; }

    public bool Needed { get; set; }

    public Visibility Visibility { get; set; } = Visibility.Internal;

    public string? MaxLength { get; set; }

    public string? Choices { get; set; }

    public string? Unit { get; set; }

    public string? Help { get; set; }

    public string? Example { get; set; }

    public Question ToQuestion()
    {
        var problems = new List<Problem>();
        string? Text(string? typed, int most, string name, string field)
        {
            var text = TextForms.Clean(typed);
            if (text.Length > most)
                problems.Add(new Problem(Severity.Error, $"{name}は{most}字以内で書いてください（いま{text.Length}字）。", Field: field));
            return text.Length == 0 ? null : text;
        }
        int? most = null;
        if (TextForms.Fold(MaxLength) is { Length: > 0 } written)
        {
            if (Quantity.TryNumber(written, out var number) && number is >= 1 and <= 4000 && number == decimal.Truncate(number))
                most = (int)number;
            else
                problems.Add(new Problem(Severity.Error, $"最大字数「{MaxLength}」は、1から4000までの数で書いてください。", Field: "q-max"));
        }
        var question = new Question
        {
            Key = TextForms.Fold(Key),
            LabelJa = TextForms.Clean(LabelJa),
            LabelEn = Text(LabelEn, 100, "英語の見出し", "q-label-en") ?? "",
            Section = Text(Section, 40, "区分", "q-section") ?? "その他",
            Type = Type ?? "",
            Needed = Needed,
            Visibility = Visibility,
            MaxLength = most,
            Choices = [.. TextForms.Clean(Choices).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
            Unit = Text(Unit, 20, "単位", "q-unit"),
            Help = Text(Help, 400, "説明", "q-help"),
            Example = Text(Example, 200, "例", "q-example"),
        };
        return problems.Count == 0 ? question : throw new Refusal("設問を加えられません。次のところを直してください。", problems);
    }
}
