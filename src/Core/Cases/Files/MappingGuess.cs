using System.Text.RegularExpressions;
using Kyodo.Common;
using Kyodo.Questions;
using Kyodo.Workbooks;

namespace Kyodo.Cases.Files;

/// <summary>The words that lists use for what the questionnaires ask, by part key.</summary>
internal static class MappingWords
{
    // Whole words first: a short one inside a longer header says little (名称 stands in every second header).
    private static readonly Dictionary<string, string[]> Synonyms = new(StringComparer.Ordinal)
    {
        ["title"] = ["事業名", "事業名称", "事業の名称", "件名", "契約名称", "契約件名", "契約の名称", "案件名", "取組名", "取組の名称", "取組み名", "活動名", "施策名", "業務名", "業務名称", "業務の名称", "業務委託名", "委託業務名", "委託業務の名称", "工事名", "工事名称", "補助事業名", "事例名", "行事名", "イベント名", "物品役務等の名称", "公共工事の名称", "協働事業名", "事業・取組名", "事務事業名"],
        ["summary"] = ["事業概要", "概要", "事業の概要", "取組概要", "取組の概要", "要旨", "事業内容の概要"],
        ["place"] = ["市町村名", "市町村", "実施市町村", "実施場所", "実施地域", "対象地域", "開催場所", "活動場所"],
        ["unit_contact.unit"] = ["所管課", "担当課", "担当課名", "所属名", "所属", "担当部署", "所管", "所管部署", "支出元府省", "所管府省", "府省名", "課名", "部局名", "部局", "実施課", "主管課", "部署名", "担当部局", "担当課室", "所管部局"],
        ["unit_contact.phone"] = ["電話番号", "電話", "連絡先電話番号", "tel", "連絡先", "問い合わせ先", "問合せ先"],
        ["unit_contact.mail"] = ["メールアドレス", "メール", "e-mail", "email"],
        ["form"] = ["協働形態", "協働の形態", "協働の手法", "協働手法", "協働の種類"],
        ["partners"] = ["相手方", "協働の相手方", "協働相手", "協働相手方", "契約の相手方", "契約相手方", "契約の相手方の商号又は名称", "相手方名称", "相手方の名称", "交付先", "補助金交付先名", "交付先名", "補助金交付先", "補助金交付先法人名", "受託者", "受託者名", "委託先", "協働団体", "協働団体名", "団体名", "連携先", "パートナー", "協働のパートナー", "連携団体", "契約先", "支出先", "協働先", "実施団体"],
        ["partners.kind"] = ["相手方の種別", "団体種別", "団体の種別", "相手方の区分", "相手方種別"],
        ["partners.number"] = ["法人番号", "契約の相手方の法人番号", "相手方の法人番号"],
        ["partners.count"] = ["団体数", "相手方の団体数"],
        ["roles.government"] = ["行政の役割", "県の役割", "市の役割", "市町村の役割", "町の役割"],
        ["roles.partner"] = ["相手方の役割", "団体の役割", "民間の役割", "npoの役割"],
        ["period"] = ["期間", "実施期間", "事業期間", "履行期間", "契約期間", "実施時期", "実施年度", "取組期間", "活動期間", "委託期間"],
        ["period.from"] = ["契約を締結した日", "契約締結日", "契約日", "契約年月日", "締結日", "開始日", "開始年月日", "始期", "着手日", "開始", "交付決定日", "補助金交付決定等に係る支出負担行為ないし意思決定の日", "交付決定年月日", "実施日", "開催日", "年月日"],
        ["period.to"] = ["終了日", "終了年月日", "完了日", "終期", "履行期限", "納期", "終了", "完了年月日"],
        ["reason"] = ["背景", "取り組み理由", "取組理由", "経緯", "背景・経緯", "協働の理由"],
        ["purpose"] = ["目的", "事業目的", "事業の目的", "ねらい"],
        ["content"] = ["事業内容", "内容", "実施内容", "取組内容", "活動内容", "事業の内容", "具体的な内容"],
        ["theme"] = ["分野", "テーマ", "活動分野", "事業分野"],
        ["declared"] = ["新規・継続・終了", "新規・継続", "新規継続", "新規/継続", "新規継続の別", "新規・継続の別", "新継", "新規継続区分"],
        ["spread"] = ["普及効果", "他への普及効果", "波及効果", "他への波及効果"],
        ["result"] = ["成果", "事業効果", "効果", "実績", "事業成果", "取組の成果"],
        ["lessons"] = ["課題", "今後の課題", "課題・学び", "課題等"],
        ["budget.initial"] = ["予算額", "当初予算額", "当初予算", "契約金額", "契約額", "交付決定額", "交付額", "補助金額", "補助額", "委託料", "委託金額", "事業費", "金額", "支出額", "総事業費", "当初", "予算"],
        ["budget.amended"] = ["補正後", "補正後予算額", "変更後", "変更契約金額", "予算現額"],
        ["budget.settled"] = ["決算額", "決算", "実績額", "支払額", "決算見込額"],
        ["budget.source"] = ["財源", "会計区分", "支出元会計区分", "財源内訳"],
        ["links"] = ["url", "ホームページ", "関連url", "参考url"],
        ["internal_note"] = ["備考", "摘要", "備考欄", "特記事項"],
        ["source_id"] = ["整理番号", "管理番号", "事業番号", "通し番号", "source_id"],
    };

    // Words that are clear alone and vague inside a longer header.
    private static readonly HashSet<string> Vague = new(["内容", "当初", "開始", "終了", "金額", "予算", "効果", "実績", "課題", "所属", "所管", "期間", "連絡先", "成果", "目的", "背景", "年月日", "分野", "団体名", "部局", "変更後", "決算", "電話", "メール", "実施日", "tel", "url"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Known = Synonyms.SelectMany(pair => pair.Value.Select(word => (Word: TextForms.Key(word), pair.Key))).DistinctBy(pair => pair.Word).ToDictionary(pair => pair.Word, pair => pair.Key, StringComparer.Ordinal);

    public static bool IsKnown(string header) => Known.ContainsKey(Bare(header)) || Known.Keys.Any(word => word.Length >= 3 && !Vague.Contains(word) && Bare(header).Contains(word, StringComparison.Ordinal));

    public static bool IsTitle(string header) => Likeness("title", header) >= 0.8;

    /// <summary>How far a header says what the part asks for, 0 to 1.</summary>
    public static double Likeness(string partKey, string header)
    {
        var bare = Bare(header);
        // Who signed is a person's name, which no question asks for; the office that pays is not the other side.
        if (bare.Length == 0 || bare.Contains("氏名", StringComparison.Ordinal))
            return 0;
        if (bare.Contains("支出元", StringComparison.Ordinal) && partKey is "partners" or "partners.number" or "title")
            return bare.Contains("支出元", StringComparison.Ordinal) ? 0 : Best(partKey, bare);
        return Best(partKey, bare);
    }

    private static double Best(string partKey, string bare) => Synonyms.TryGetValue(partKey, out var words) ? words.Max(word => Likeness(TextForms.Key(word), bare, Vague.Contains(word))) : 0;

    private static double Likeness(string word, string bare, bool vague) =>
        bare == word ? vague ? 0.9 : 1
        : !bare.Contains(word, StringComparison.Ordinal) ? 0
        : (vague ? 0.25 : bare.StartsWith(word, StringComparison.Ordinal) || bare.EndsWith(word, StringComparison.Ordinal) ? 0.65 : 0.5) + 0.3 * word.Length / bare.Length;

    /// <summary>The header without what stands in brackets: 交付決定額（円） is 交付決定額.</summary>
    public static string Bare(string header)
    {
        var key = TextForms.Key(header);
        var bare = Regex.Replace(key, @"\([^()]*\)|\[[^\]]*\]|【[^】]*】|\*|※\d*", "", RegexOptions.None, TimeSpan.FromMilliseconds(500));
        return bare.Length > 0 ? bare : key;
    }
}

/// <summary>Guesses what each column answers, by its header and by the shape of its values.</summary>
public static class MappingGuess
{
    private const double Least = 0.5;
    private const int Sampled = 200;

    public static FileMapping Of(MappingTable table, IReadOnlyList<Question> questions)
    {
        var targets = MappingTargets.Of(questions);
        var keys = targets.Select(target => target.Key).ToHashSet(StringComparer.Ordinal);
        var budgetIsAmount = questions.Any(question => question is { Key: "budget", Type: "amount" });
        var scored = from column in table.Columns
                     let shape = ColumnShape.Of(table.Rows.Take(Sampled).Select(row => row[column.Number]))
                     from target in targets.Select(target => (target.Key, Target: (MappingTarget?)target)).Append((CaseTable.SourceIdColumn, null))
                     let likeness = Math.Max(Likeness(target.Key, target.Target, column.Header, budgetIsAmount), 0.95 * Likeness(target.Key, target.Target, column.LastLine, budgetIsAmount))
                     // A header that says it in so many words stands, whatever is in the cells: what is wrong there is named.
                     let score = likeness * Math.Max(shape.Fit(target.Key, target.Target), likeness >= 0.9 ? 0.6 : 0)
                     where score >= Least
                     orderby score descending, column.Number
                     select (Column: column, target.Key, target.Target, Score: score);
        var chosen = new Dictionary<int, MappedColumn>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (column, key, target, score) in scored)
        {
            var several = target is { Question.Type: "long text" } && key == "internal_note";
            if (chosen.ContainsKey(column.Number) || (taken.Contains(key) && !several) || Overlaps(key, taken))
                continue;
            taken.Add(key);
            chosen.Add(column.Number, new MappedColumn(column.Letters, column.Header, key)
            {
                Confidence = Math.Round(score, 2),
                Unit = target is { IsAmount: true } ? UnitOf(column, table) : null,
                Also = key == "title" && IsCompound(column.Header) && keys.Contains("content") ? "content" : null,
            });
        }
        return new FileMapping
        {
            Sheet = table.Sheet,
            HeaderRows = table.HeaderRows,
            Columns = [.. table.Columns.Select(column => chosen.GetValueOrDefault(column.Number) ?? new MappedColumn(column.Letters, column.Header, null))],
        };
    }

    /// <summary>The name of a project together with more: 公共工事の名称、場所、期間及び種別.</summary>
    internal static bool IsCompound(string header) => MappingWords.Bare(header) is var bare && (bare.Contains('、', StringComparison.Ordinal) || bare.Contains("及び", StringComparison.Ordinal) || bare.Contains("並びに", StringComparison.Ordinal));

    internal static bool HoldsAddress(string header) => header.Contains("住所", StringComparison.Ordinal) || header.Contains("所在地", StringComparison.Ordinal);

    /// <summary>The unit that the header or the sheet states; yen where nobody says.</summary>
    internal static string UnitOf(MappingTableColumn column, MappingTable table)
    {
        var key = TextForms.Key(column.Header);
        return MappedColumn.Units.OrderByDescending(unit => unit.Length).FirstOrDefault(unit => key.Contains($"({unit}", StringComparison.Ordinal) || key.Contains($"単位:{unit}", StringComparison.Ordinal) || key.EndsWith(unit, StringComparison.Ordinal) || key.Contains($"[{unit}", StringComparison.Ordinal))
            ?? (table.Unit is { } said ? MappedAmount.NameOf(said) : "円");
    }

    private static double Likeness(string key, MappingTarget? target, string header, bool budgetIsAmount)
    {
        var bare = MappingWords.Bare(header);
        var byWords = MappingWords.Likeness(budgetIsAmount && key == "budget" ? "budget.initial" : key, header);
        if (target is null)
            return byWords;
        var labels = new[] { target.Part.LabelJa, target.Question.Parts[0] == target.Part ? target.Question.LabelJa : target.Part.LabelJa, key };
        return labels.Any(label => TextForms.Key(label) == TextForms.Key(header) || MappingWords.Bare(label) == bare && target.Question.Parts.Count == 1) ? Math.Max(byWords, 1) : byWords;
    }

    private static bool Overlaps(string key, HashSet<string> taken) => key switch
    {
        "period" => taken.Contains("period.from") || taken.Contains("period.to"),
        "period.from" or "period.to" => taken.Contains("period"),
        _ => false,
    };

    /// <summary>What the values of a column look like.</summary>
    private readonly record struct ColumnShape(int Filled, double Dates, double Numbers, double CorporateNumbers, double AverageLength)
    {
        public static ColumnShape Of(IEnumerable<Cell> cells)
        {
            var filled = cells.Where(cell => !MappedBlank.Is(cell.Text)).ToList();
            double Share(Func<Cell, bool> holds) => filled.Count == 0 ? 0 : (double)filled.Count(holds) / filled.Count;
            return new ColumnShape(filled.Count,
                Share(cell => cell.Kind is CellKind.Date || MappedDate.IsOne(cell.Text) || MappedDate.Read(cell).Text is not null),
                Share(cell => cell.Kind is CellKind.Number || MappedAmount.Read(cell, 1).Text is not null),
                Share(cell => TextForms.Key(cell.Text) is { Length: 13 } text && text.All(char.IsAsciiDigit)),
                filled.Count == 0 ? 0 : filled.Average(cell => cell.Text.Length));
        }

        /// <summary>1 where the values could be such answers, less where they hardly can; an empty column says nothing.</summary>
        public double Fit(string key, MappingTarget? target) => Filled == 0 ? 1 : target switch
        {
            null => AverageLength <= 20 ? 1 : 0.3,
            { IsAmount: true } => Numbers >= 0.5 ? 1 : 0.3,
            { Part.Kind: PartKind.Number } => Numbers >= 0.5 ? 1 : 0.3,
            { Question.Type: "period" or "date" } => Dates >= 0.5 ? 1 : 0.4,
            _ when key == "partners.number" => CorporateNumbers >= 0.3 ? 1 : 0.6,
            _ => Numbers >= 0.9 || Dates >= 0.9 && AverageLength <= 20 ? 0.4 : 1,
        };
    }
}
