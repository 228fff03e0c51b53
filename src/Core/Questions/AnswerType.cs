using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Kyodo.Questions;

/// <summary>
/// How one kind of answer is asked, read, written back and shown. An answer is kept as JSON in the shape that each type states;
/// form, workbook, CSV, check and page all come from here.
/// </summary>
public abstract class AnswerType
{
    private static readonly FrozenDictionary<string, AnswerType> All = new AnswerType[]
    {
        new TextType("short text", "短い文", PartKind.Line, 200),
        new TextType("long text", "長い文", PartKind.Text, 2000),
        new ChoiceType(),
        new ManyChoicesType(),
        new NumberType(),
        new AmountType(),
        new BudgetType(),
        new DateType(),
        new PeriodType(),
        new PlaceType(),
        new UnitContactType(),
        new FormType(),
        new LocalFormType(),
        new PartnersType(),
        new RolesType(),
        new IndicatorsType(),
        new AddressesType(),
        new FileType(),
        new NotAskedType("computed", "自動"),
    }.ToFrozenDictionary(type => type.Name);

    public static IEnumerable<AnswerType> Askable => All.Values.Where(type => type.CanBeAdded);

    public static AnswerType Named(string name) =>
        All.TryGetValue(name, out var type) ? type : throw new ArgumentException($"There is no type of answer named '{name}'.", nameof(name));

    public static bool Exists(string name) => All.ContainsKey(name);

    /// <summary>The name in definitions and files: "long text".</summary>
    public abstract string Name { get; }

    public abstract string LabelJa { get; }

    /// <summary>May a coordinator add a question of this type? The others are tied to what the programme itself is.</summary>
    public virtual bool CanBeAdded => true;

    /// <summary>The columns of a workbook or CSV.</summary>
    public abstract IReadOnlyList<Part> Parts(Question question);

    /// <summary>The fields of the web form: the same, unless the answer holds what no cell can.</summary>
    public virtual IReadOnlyList<Part> Fields(Question question) => Parts(question);

    /// <summary>The JSON of the answer; null when nothing could be read. Problems are said through <paramref name="reading"/>.</summary>
    public abstract JsonNode? Read(Reading reading);

    /// <summary>The texts from which <see cref="Read"/> reads the same value again.</summary>
    public abstract PartTexts Write(Question question, JsonNode value);

    /// <summary>The answer in plain lines, for search, files without structure, and pages that need no more.</summary>
    public abstract IReadOnlyList<string> Show(Question question, JsonNode value);

    /// <summary>Was something answered that must not be handed in as it is, though the question needs no answer?</summary>
    public virtual bool IsHalf(JsonNode value) => false;

    /// <summary>Is what was answered enough to submit? A budget with only its source is; an empty list is not.</summary>
    public virtual bool IsComplete(JsonNode? value) => value is not null;
}
