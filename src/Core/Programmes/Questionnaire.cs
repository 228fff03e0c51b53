using Kyodo.Questions;

namespace Kyodo.Programmes;

/// <summary>調査票: one version of a programme's questions. Never changed; a change is the next version.</summary>
public sealed class Questionnaire
{
    private Questionnaire()
    {
    }

    internal Questionnaire(int version, IReadOnlyList<Question> questions) => (Version, Definition) = (version, Question.Serialize(questions));

    public long Id { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    public int Version { get; private set; }

    public string Definition { get; private set; } = "";

    public IReadOnlyList<Question> Questions => field ??= Question.Deserialize(Definition);
}
