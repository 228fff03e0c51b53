using System.Globalization;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Workbooks;

namespace Kyodo.Cases.Files;

/// <summary>A foreign list, read through its mapping: rows of texts as our own files have them, and what is to be said of single cells.</summary>
internal sealed class MappedReading(MappingTable table, FileMapping mapping, IReadOnlyList<Question> questions, ReadingContext context)
{
    private const int LongestTitle = 100;

    private readonly Dictionary<string, MappingTarget> _targets = MappingTargets.Of(questions).ToDictionary(target => target.Key, StringComparer.Ordinal);
    private readonly Dictionary<(string Column, string Word), MappedWord> _words = [];
    private readonly List<CheckedProblem> _notes = [.. table.Notes];

    /// <summary>Words that were no choice, or were taken for one.</summary>
    public IReadOnlyList<MappedWord> Words => [.. _words.Values.OrderBy(word => word.Column, StringComparer.Ordinal)];

    public (CaseTable Table, IReadOnlyList<CheckedProblem> Notes) Read()
    {
        Refusal.If(mapping.WhyNot(questions));
        var used = Used();
        var rows = table.Rows.Select(row => ReadRow(row, used)).Where(row => row.Texts.Count > 0 || row.Problems.Count > 0).ToList();
        TellApart(rows, used);
        foreach (var word in Words.Where(word => word.Read is not null))
            _notes.Add(new CheckedProblem(table.Sheet, $"{word.Column}{table.HeaderRows[^1]}", Severity.Warning, $"「{word.Word}」を「{word.Read}」と読みました。違うときは、言葉の対応を選び直してください。"));
        foreach (var (column, mapped) in used.Where(pair => Target(pair.Mapped) is { IsAmount: true } && mapping.Columns.Any(c => c.Column == pair.Column.Letters && c.Confidence is not null)))
        {
            if (MappingGuess.UnitOf(column, table) == "円" && !column.Header.Contains('円', StringComparison.Ordinal) && table.Unit is null)
                _notes.Add(new CheckedProblem(table.Sheet, $"{column.Letters}{table.HeaderRows[^1]}", Severity.Warning, $"「{column.Header}」に単位が書かれていないため、{mapped.Unit ?? "円"}として読みました。"));
        }
        return (new CaseTable(table.Sheet, [.. table.Columns.Select(column => new CaseColumn(column.Letters, column.Header, Of(column)?.Question))], rows) { FurtherParts = [.. rows.SelectMany(row => row.Texts.Keys).Distinct()] }, _notes);
    }

    private MappedColumn? Of(MappingTableColumn column) => mapping.Columns.FirstOrDefault(mapped => mapped.Column == column.Letters);

    private MappingTarget? Target(MappedColumn mapped) => mapped.Question is { } key ? _targets.GetValueOrDefault(key) : null;

    private List<(MappingTableColumn Column, MappedColumn Mapped)> Used()
    {
        foreach (var mapped in mapping.Columns.Where(mapped => mapped.Question is not null || mapped.Also is not null))
        {
            if (table.Columns.FirstOrDefault(column => column.Letters == mapped.Column) is not { } column)
                throw new Refusal($"列の対応にある{mapped.Column}列が、シート「{table.Sheet}」にありません。列の対応を選び直してください。");
            if (mapped.Header.Length > 0 && TextForms.Key(mapped.Header) != TextForms.Key(column.Header))
                throw new Refusal($"列の対応では{mapped.Column}列は「{mapped.Header}」ですが、シート「{table.Sheet}」では「{column.Header}」です。列の対応を選び直してください。");
        }
        return [.. from column in table.Columns let mapped = Of(column) where mapped?.Question is not null || mapped?.Also is not null select (column, mapped)];
    }

    private CaseRow ReadRow(MappingTableRow row, List<(MappingTableColumn Column, MappedColumn Mapped)> used)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        var dates = 0;
        foreach (var (column, mapped) in used)
        {
            var cell = row[column.Number];
            if (cell.Text.Trim().Length == 0 && cell.Kind is not CellKind.Error)
                continue;
            var place = CellAddress.Name(row.Number, column.Number);
            void Say(MappedValue value)
            {
                if (value.Error is not null || value.Warning is not null)
                    problems.Add(new Problem(value.Error is null ? Severity.Warning : Severity.Error, value.Error ?? value.Warning!, table.Sheet, place, mapped.Question));
            }
            if (cell.Kind is CellKind.Error)
            {
                Say(new MappedValue(null, Error: $"「{column.Header}」が Excel のエラー（{(cell.Text.Length == 0 ? "計算されていない数式" : cell.Text)}）になっています。値を書き直してください。"));
                continue;
            }
            foreach (var (key, value) in Values(cell, column, mapped))
            {
                Say(value);
                if (value.Text is not { Length: > 0 } text)
                    continue;
                var labelled = _targets.GetValueOrDefault(key) is { IsLongText: true } && mapping.Columns.Count(one => one.Question == key || one.Also == key) > 1;
                texts[key] = texts.TryGetValue(key, out var before) ? $"{before}\n{(labelled ? $"{column.Header}: " : "")}{text}" : labelled ? $"{column.Header}: {text}" : text;
            }
            if (Target(mapped) is { Part.Kind: PartKind.Date } && Values(cell, column, mapped).Any(value => value.Value.Text is { Length: > 0 }))
                dates++;
        }
        if (texts.Count > 0)
        {
            foreach (var (key, text) in mapping.ForAll.Where(pair => !texts.ContainsKey(pair.Key)))
                texts[key] = text;
        }
        return new CaseRow(row.Number, texts, problems) { Dates = dates };
    }

    /// <summary>What one cell gives to which parts.</summary>
    private IEnumerable<(string Key, MappedValue Value)> Values(Cell cell, MappingTableColumn column, MappedColumn mapped)
    {
        if (mapped.Also is { } also && !MappedBlank.Is(cell.Text))
            yield return (also, new(TextForms.Clean(cell.Text)));
        if (mapped.Question is not { } key)
            yield break;
        if (key == CaseTable.SourceIdColumn)
        {
            yield return (key, new(TextForms.Fold(cell.Text)));
            yield break;
        }
        var target = _targets[key];
        if (target.IsPeriod)
        {
            var (from, to) = MappedDate.ReadPeriod(cell, context.Year);
            yield return (key + ".from", from);
            yield return (key + ".to", to);
        }
        else if (target.Part.Kind is PartKind.Date)
            yield return (key, MappedDate.Read(cell));
        else if (target.IsAmount)
            yield return (key, MappedAmount.Read(cell, MappedAmount.Unit(mapped.Unit ?? MappingGuess.UnitOf(column, table))));
        else if (key == "partners.number")
            yield return (key, MappedNumber.Read(cell));
        else if (target.Question.Type == "partner list" && target.Part.Suffix.Length == 0)
        {
            var partners = MappedPartners.Read(cell.Text, MappingGuess.HoldsAddress(column.Header));
            yield return (key, new(string.Join('\n', partners.Names)));
            if (partners.Count is { } count && !mapping.Columns.Any(one => one.Question == key + ".count"))
                yield return (key + ".count", new(count.ToString(CultureInfo.InvariantCulture)));
            if (partners.Numbers.Count > 0 && partners.Numbers.Count <= partners.Names.Count && !mapping.Columns.Any(one => one.Question == key + ".number"))
                yield return (key + ".number", MappedNumber.Read(new Cell(cell.Column, string.Join('\n', partners.Numbers), CellKind.Text)));
        }
        else if (MappedBlank.Is(cell.Text))
            yield return (key, MappedValue.Nothing);
        else if (key == "title")
            yield return (key, new(MappingGuess.IsCompound(column.Header) ? FirstLine(cell.Text) : TextForms.Clean(cell.Text).Replace('\n', ' ')));
        else if (target.Question.Type == "place" && target.Part.Suffix.Length == 0)
        {
            var entries = Entries(cell.Text).ToLookup(IsPlace);
            yield return (key, new(string.Join('、', entries[true])));
            yield return (key + ".detail", new(string.Join('、', entries[false])));
        }
        else if (target.Part.Kind is PartKind.Choice or PartKind.ManyChoices)
        {
            foreach (var value in Chosen(target, cell.Text, mapped))
                yield return value;
        }
        else
            yield return (key, new(TextForms.Clean(cell.Text)));
    }

    // A list may tick several forms in one cell; ours asks for the main one and for the others.
    private IEnumerable<(string Key, MappedValue Value)> Chosen(MappingTarget target, string text, MappedColumn mapped)
    {
        string Ours(string word) => mapped.Values?.FirstOrDefault(pair => TextForms.Key(pair.Key) == TextForms.Key(word)).Value
            ?? (TextForms.Key(word), target.Key) switch { ("新" or "○新", "declared") => "新規", ("継" or "継続中", "declared") => "継続", _ => word };
        var choices = context.ChoicesOf(target.Question, target.Part);
        string Meant(string word)
        {
            var ours = Ours(word);
            if (ours != word || choices.Any(choice => Says(choice, word)))
                return ours;
            var key = TextForms.Key(word);
            var like = key.Length < 2 ? [] : choices.Where(choice => TextForms.Key(choice).Contains(key, StringComparison.Ordinal)).ToList();
            var read = like.Count == 1 ? like[0] : null;
            _words.TryAdd((mapped.Column, key), new MappedWord(mapped.Column, word, read));
            return read ?? word;
        }
        var whole = Ours(TextForms.Clean(text).Replace("\n", "", StringComparison.Ordinal));
        var isOne = mapped.Values?.Keys.Any(word => TextForms.Key(word) == TextForms.Key(text)) is true || choices.Any(choice => Says(choice, whole));
        var entries = isOne ? [whole] : Entries(text).Select(Meant).Where(word => word.Length > 0).ToList();
        if (target.Part.Kind is PartKind.ManyChoices || entries.Count < 2)
            yield return (target.Key, new(string.Join('、', entries)));
        else if (target.Question.Type == "form")
        {
            yield return (target.Key, new(entries[0]));
            yield return (target.Key + ".also", new(string.Join('、', entries.Skip(1))));
        }
        else
            yield return (target.Key, new(entries.Count == 1 ? entries[0] : TextForms.Clean(text)));
    }

    private static bool Says(string choice, string word) => TextForms.Key(choice) is var key && (key == TextForms.Key(word) || key.TrimStart([.. "0123456789"]) == TextForms.Key(word) || (TextForms.Key(word) is { Length: 1 } number && key.StartsWith(number, StringComparison.Ordinal)));

    private bool IsPlace(string entry) => TextForms.Key(entry) is "県全域" or "県内全域" or "全域" or "県内一円" || context.Municipalities.Any(name => TextForms.Key(name) == TextForms.Key(entry));

    private static List<string> Entries(string text)
    {
        var entries = text.Split(['\n', '、', ',', '，', ';', '；', '\t', '／'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        // ①③ without anything between.
        return entries.Exists(entry => entry.Length > 1 && entry.All(c => c is >= '①' and <= '⑳')) ? [.. entries.SelectMany(entry => entry.Select(c => c.ToString()))] : entries;
    }

    private static string FirstLine(string text)
    {
        var lines = TextForms.Clean(text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "" : lines[0];
    }

    /// <summary>One subsidy goes to many: rows with the same title are told apart by the other side, then by the day, then by their order.</summary>
    private void TellApart(List<CaseRow> rows, List<(MappingTableColumn Column, MappedColumn Mapped)> used)
    {
        if (rows.Exists(row => row.Text(CaseTable.SourceIdColumn).Length > 0))
            return;
        var same = rows.Where(row => row.Text("title").Length > 0).GroupBy(row => TextForms.Key(row.Text("title"))).Where(group => group.Count() > 1).ToList();
        var taken = rows.Select(row => TextForms.Key(row.Text("title"))).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, order) in same.SelectMany(group => group.Select((row, i) => (row, i + 1))))
        {
            var title = row.Text("title");
            var marks = new[] { row.Text("partners").Split('\n')[0], row.Text("period.from"), row.Text("budget.initial") }.Where(mark => mark.Length > 0).ToList();
            var names = Enumerable.Range(1, marks.Count).Select(count => string.Join('・', marks.Take(count))).Append($"{marks.FirstOrDefault()} その{order}".Trim()).Append($"{row.Number}行目");
            if (names.Select(mark => Named(title, mark)).FirstOrDefault(candidate => taken.Add(TextForms.Key(candidate))) is { } name)
                ((Dictionary<string, string>)row.Texts)["title"] = name;
        }
        if (same.Count > 0)
        {
            var column = used.First(pair => pair.Mapped.Question == "title").Column;
            _notes.Add(new CheckedProblem(table.Sheet, $"{column.Letters}{same[0].First().Number}", Severity.Warning,
                $"同じ事業名の行が{same.Sum(group => group.Count())}行あります。相手方・日付・順番を事業名に添えて、別々の事例として読みました。例: 「{same[0].First().Text("title")}」"));
        }
    }

    private static string Named(string title, string mark)
    {
        var room = LongestTitle - 2 - mark.Length;
        return room < 20 ? $"{TextForms.UpTo(40, title)}（{TextForms.UpTo(50, mark[^Math.Min(50, mark.Length)..])}）" : $"{TextForms.UpTo(room, title)}（{mark}）";
    }
}
