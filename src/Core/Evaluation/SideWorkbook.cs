using Kyodo.Common;
using Kyodo.Scores;
using Kyodo.Workbooks;

namespace Kyodo.Evaluation;

/// <summary>The sheet of one partner's side as Excel: sent by mail to those who want it so, and taken in again by staff.</summary>
public static class SideWorkbook
{
    private const string SheetName = "協働評価";
    private const string MarkSheet = "kyodo";
    private const string WordsRow = "ひとこと";
    private const int FirstRow = 4;

    public static void Write(Stream output, EvaluationSide side, DateTimeOffset now)
    {
        var evaluation = side.Evaluation;
        var scale = evaluation.Sheet.Scale;
        var choices = scale.Labels.Select((label, i) => $"{i + 1} {label}").Reverse().Append(Mark.NotApplicable.Name).Append(Mark.CannotJudge.Name).ToList();
        var rows = evaluation.Asked.Select(asked => (IReadOnlyList<object?>)[asked.Criterion.No, asked.Criterion.TextJa, null, null]).Append([WordsRow, "ほかに伝えたいこと（なくても構いません）", null, null]);
        WorkbookFile.Write(output,
        [
            new SheetToWrite(SheetName,
            [
                new("番号", 10) { Locked = true },
                new("質問", 60) { Locked = true, Wrap = true },
                new("答え", 24) { Choices = choices, Required = true, NoteTitle = "答え", },
                new("理由・ひとこと", 60) { Wrap = true },
            ], rows)
            {
                Titles = [$"協働評価　{evaluation.CaseTitle}　{side.Name} 様", $"「答え」の列から選んでください。理由は{EvaluationSide.LongestGrounds}字以内で、なくても構いません。期限: {PartialDate.Of(evaluation.Call.Due).Japanese}"],
                Print = new PrintSetup("協働評価", side.Name, PagesWide: 1),
            },
            new SheetToWrite(MarkSheet, [new("key"), new("value")], [["side", side.Id], ["sheet", $"{evaluation.Sheet.Version}"]]) { Visibility = SheetVisibility.VeryHidden },
        ], now, new WorkbookProperties($"協働評価 {evaluation.CaseTitle}", "Kyodo"));
    }

    /// <summary>The answers in a workbook that came back; refused with sheet and cell where something is wrong, and then nothing is taken.</summary>
    public static (IReadOnlyList<TypedMark> Marks, string? Words) Read(Stream file, EvaluationSide side)
    {
        var workbook = WorkbookReader.Read(file);
        var mark = workbook.Sheets.FirstOrDefault(s => s.Name == MarkSheet)?.Rows.FirstOrDefault(r => r[1].Text == "side")?[2].Text;
        if (mark is null)
            throw new Refusal("このファイルは、ここから送った評価シートではありません。評価シートを取り直して、書き写してください。");
        if (mark != side.Id)
            throw new Refusal($"このファイルは、別の団体か別の事業の評価シートです。「{side.Name}」の評価シートを選んでください。");
        var sheet = workbook.Sheets.FirstOrDefault(s => s.Name == SheetName) ?? throw new Refusal($"「{SheetName}」のシートがありません。シートの名前を変えていないか、確かめてください。");
        var (problems, marks, words) = (new List<Problem>(), new List<TypedMark>(), (string?)null);
        var asked = side.Evaluation.Asked.ToDictionary(one => one.Criterion.No, StringComparer.Ordinal);
        foreach (var row in sheet.Rows.Where(row => row.Number >= FirstRow))
        {
            var no = TextForms.Fold(row[1].Text);
            if (no == WordsRow)
                words = row[3].Text.Length > 0 ? $"{row[3].Text}\n{row[4].Text}" : row[4].Text;
            if (!asked.Remove(no))
                continue;
            var (given, grounds) = (TextForms.Fold(row[3].Text), TextForms.Clean(row[4].Text));
            if (ReadMark(given, side.Evaluation.Sheet.Scale) is not { } read)
                problems.Add(new Problem(Severity.Error, $"答え「{given}」は読めません。一覧から選んでください。例: 4 十分そうである", SheetName, CellAddress.Name(row.Number, 3)));
            else if (!read.IsGiven)
                problems.Add(new Problem(Severity.Error, $"{no}の答えがありません。分からないときは「判断できない」を選んでください。", SheetName, CellAddress.Name(row.Number, 3)));
            else
                marks.Add(new TypedMark(no, read.Sign.ToString(), grounds));
            if (grounds.Length > EvaluationSide.LongestGrounds)
                problems.Add(new Problem(Severity.Error, $"理由は{EvaluationSide.LongestGrounds}字以内で書いてください。いまは{grounds.Length}字です。", SheetName, CellAddress.Name(row.Number, 4)));
        }
        problems.AddRange(asked.Keys.Select(no => new Problem(Severity.Error, $"{no}の行がありません。行を消していないか、確かめてください。", SheetName)));
        return problems.Count > 0 ? throw new Refusal("評価シートを受け取れませんでした。何も保存していません。", problems) : (marks, words);
    }

    private static Mark? ReadMark(string text, Scale scale)
    {
        if (text.Length == 0)
            return Mark.None;
        if (text == Mark.NotApplicable.Name || text == Mark.CannotJudge.Name)
            return text == Mark.NotApplicable.Name ? Mark.NotApplicable : Mark.CannotJudge;
        var label = scale.Labels.Select((words, i) => (words, i)).FirstOrDefault(pair => pair.words == text);
        return label.words is not null ? Mark.Of(label.i + 1) : Mark.Read(text.Split(' ')[0], scale);
    }
}
