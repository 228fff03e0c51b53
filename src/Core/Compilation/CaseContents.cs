using Kyodo.Cases;
using Kyodo.Common;

namespace Kyodo.Compilation;

/// <summary>A case at one version, read and not tracked: what the compilation and the release look at.</summary>
public sealed record CaseContents(string Id, int Version, string ProjectId, string? SourceId, long UnitId, FiscalYear Year, string Title, string TitleKey, string AnswersJson)
{
    /// <summary>Parsed anew each time: ten thousand of them are not kept.</summary>
    public Answers Answers => Answers.Parse(AnswersJson);
}
