namespace Kyodo.Selection;

/// <summary>What one juror gives one entry, criteria weighed together.</summary>
/// <param name="Score">0 to 100.</param>
public readonly record struct JurorScore(string Entry, string Juror, double Score);
