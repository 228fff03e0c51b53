using System.Collections.Concurrent;

namespace Kyodo.Compilation;

/// <summary>
/// Cases once read, by version: a version never changes, so a table of ten thousand reads only what was written since. One for each program
/// that runs; a program that compiles once goes without.
/// </summary>
public sealed class CompilationMemory
{
    private const int Most = 60_000;

    private readonly ConcurrentDictionary<Key, (CaseContents Contents, CaseFacts Facts)> _kept = new();

    // Lists that only count know nothing else of a case, and it takes a hundredth of the room.
    private readonly ConcurrentDictionary<Key, (int Done, int Needed)> _written = new();

    internal (CaseContents Contents, CaseFacts Facts)? Find(string caseId, int version, long questionnaire) =>
        _kept.TryGetValue(new Key(caseId, version, questionnaire), out var found) ? found : null;

    internal void Keep(long questionnaire, CaseContents contents, CaseFacts facts)
    {
        if (_kept.Count >= Most)
            _kept.Clear();
        _kept[new Key(contents.Id, contents.Version, questionnaire)] = (contents, facts);
    }

    internal (int Done, int Needed)? FindWritten(string caseId, int version, long questionnaire) =>
        _written.TryGetValue(new Key(caseId, version, questionnaire), out var found) ? found
        : Find(caseId, version, questionnaire) is { Facts: var facts } ? (facts.Done, facts.Needed)
        : null;

    internal void KeepWritten(long questionnaire, string caseId, int version, int done, int needed)
    {
        if (_written.Count >= Most)
            _written.Clear();
        _written[new Key(caseId, version, questionnaire)] = (done, needed);
    }

    private readonly record struct Key(string CaseId, int Version, long Questionnaire);
}
