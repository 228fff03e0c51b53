using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Questions;
using Kyodo.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kyodo.Cases.Files;

/// <summary>
/// 列の対応: which column of a foreign list answers which question. Written and read as JSON (<c>import --mapping</c>), and remembered for
/// the unit's next list with the same headers.
/// </summary>
public sealed record FileMapping
{
    public string? Sheet { get; init; }

    /// <summary>The rows of the header, counted from 1; found by itself when empty.</summary>
    public IReadOnlyList<int> HeaderRows { get; init; } = [];

    public IReadOnlyList<MappedColumn> Columns { get; init; } = [];

    /// <summary>What the list has no column for and is the same in all rows, by part key: <c>form: "2"</c>.</summary>
    public IReadOnlyDictionary<string, string> ForAll { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static FileMapping Parse(string json)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<FileMapping>(json, Json.Plain);
            if (mapping?.Columns is null || mapping.HeaderRows is null || mapping.ForAll is null || mapping.Columns.Any(column => column?.Column is null))
                throw new JsonException();
            return mapping;
        }
        catch (JsonException)
        {
            throw new Refusal("列の対応（mapping）が読めません。import --mapping auto --write-mapping FILE で書き出したJSONを使ってください。");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Plain);

    public string? WhyNot(IReadOnlyList<Question> questions)
    {
        var targets = MappingTargets.Of(questions).Select(target => target.Key).Append(CaseTable.SourceIdColumn).ToHashSet(StringComparer.Ordinal);
        if (Columns.SelectMany(column => new[] { column.Question, column.Also }).FirstOrDefault(key => key is not null && !targets.Contains(key)) is { } unknown)
            return $"列の対応にある設問「{unknown}」は、この照会にありません。";
        if (ForAll.Keys.FirstOrDefault(key => !targets.Contains(key)) is { } none)
            return $"全行に入れる設問「{none}」は、この照会にありません。";
        if (Columns.FirstOrDefault(column => column.Unit is { } unit && !MappedColumn.Units.Contains(unit)) is { } wrong)
            return $"{wrong.Column}列の単位「{wrong.Unit}」は使えません。{string.Join("・", MappedColumn.Units)} のどれかにしてください。";
        var twice = Columns.Where(column => column.Question is not null && !MappingTargets.TakesSeveral(questions, column.Question)).GroupBy(column => column.Question).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"設問「{twice.Key}」に{string.Join("と", twice.Select(column => column.Column + "列"))}の2つ以上の列が当てられています。1つにしてください。";
    }
}

/// <summary>One column: its letters and header as found, what it answers (null: not used), and what else the same cell answers.</summary>
public sealed record MappedColumn(string Column, string Header, string? Question)
{
    public static IReadOnlyList<string> Units { get; } = ["円", "千円", "万円", "百万円", "億円"];

    /// <summary>A long text that keeps the whole cell too, with the header before it.</summary>
    public string? Also { get; init; }

    /// <summary>The unit of an amount without one in its cell.</summary>
    public string? Unit { get; init; }

    /// <summary>The words of this list, and what they are in the questionnaire's choices.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>How sure the guess is, 0 to 1; null where somebody chose.</summary>
    public double? Confidence { get; init; }
}

/// <summary>What a column may answer: each part of each question, and a period written in one cell.</summary>
public sealed record MappingTarget(string Key, string Label, Question Question, Part Part)
{
    public bool IsPeriod => Question.Type == "period" && Key == Question.Key;

    public bool IsLongText => Part.Kind is PartKind.Text;

    public bool IsAmount => Part.Kind is PartKind.Number && Question.Type is "amount" or "budget";
}

public static class MappingTargets
{
    public static IReadOnlyList<MappingTarget> Of(IReadOnlyList<Question> questions) =>
    [
        .. from question in questions
           from target in question.Type == "period"
               ? [new MappingTarget(question.Key, $"{question.LabelJa}（開始～終了を1つの列に）", question, question.Parts[0]), .. question.Parts.Select(part => Part(question, part))]
               : question.Parts.Select(part => Part(question, part))
           select target,
    ];

    /// <summary>Several columns may be kept together in one long text.</summary>
    internal static bool TakesSeveral(IReadOnlyList<Question> questions, string key) => questions.FirstOrDefault(q => q.Key == key)?.Type == "long text";

    private static MappingTarget Part(Question question, Part part) => new(question.PartKey(part), part.LabelJa.StartsWith(question.LabelJa, StringComparison.Ordinal) ? part.LabelJa : $"{question.LabelJa}: {part.LabelJa}", question, part);
}

/// <summary>A word of a column that answers by choice, where none of the choices is meant for certain.</summary>
/// <param name="Read">What it was taken for; null where nothing could be.</param>
public sealed record MappedWord(string Column, string Word, string? Read);

/// <summary>A unit's mapping for lists with the same headers: kept for next year.</summary>
public sealed class RememberedMapping : Record
{
    private RememberedMapping()
    {
    }

    public RememberedMapping(long unitId, string programmeKey, string signature) => (UnitId, ProgrammeKey, Signature) = (unitId, programmeKey, Hashed(signature));

    public long Id { get; private set; }

    public long UnitId { get; private set; }

    public string ProgrammeKey { get; private set; } = "";

    /// <summary>SHA-256 of the headers.</summary>
    public string Signature { get; private set; } = "";

    public string MappingJson { get; private set; } = "";

    public DateTimeOffset UsedAt { get; private set; }

    public FileMapping Mapping => FileMapping.Parse(MappingJson);

    public override string AuditName => $"file-mapping/{Id}";

    /// <summary>The sheet and its rows may differ next year; the columns are what is remembered.</summary>
    public void Keep(FileMapping mapping, DateTimeOffset now)
    {
        MappingJson = (mapping with { Sheet = null, HeaderRows = [] }).ToJson();
        UsedAt = now;
    }

    internal static string Hashed(string signature) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signature)));

    internal sealed class Table : IEntityTypeConfiguration<RememberedMapping>
    {
        public void Configure(EntityTypeBuilder<RememberedMapping> builder)
        {
            builder.ToTable("file_mappings");
            builder.Property(m => m.ProgrammeKey).HasMaxLength(40);
            builder.Property(m => m.Signature).HasMaxLength(64);
            builder.Ignore(m => m.Mapping);
            builder.HasIndex(m => new { m.UnitId, m.ProgrammeKey, m.Signature }).IsUnique();
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(m => m.UnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

public static class RememberedMappings
{
    extension(AppDb db)
    {
        /// <summary>The unit's mappings by their hashed headers, for <see cref="ForeignReading"/>.</summary>
        public async Task<IReadOnlyDictionary<string, FileMapping>> RememberedMappingsAsync(long unitId, string programmeKey, CancellationToken stop = default) =>
            await db.Set<RememberedMapping>().AsNoTracking().Where(m => m.UnitId == unitId && m.ProgrammeKey == programmeKey)
                .ToDictionaryAsync(m => m.Signature, m => m.Mapping, StringComparer.Ordinal, stop);

        /// <summary>Keeps the mapping for the unit's next list with the same headers. The caller saves.</summary>
        public async Task RememberMappingAsync(long unitId, string programmeKey, MappedFile file, DateTimeOffset now, CancellationToken stop = default)
        {
            var signature = RememberedMapping.Hashed(file.List.Signature);
            var kept = await db.Set<RememberedMapping>().FirstOrDefaultAsync(m => m.UnitId == unitId && m.ProgrammeKey == programmeKey && m.Signature == signature, stop);
            if (kept is null)
                db.Add(kept = new RememberedMapping(unitId, programmeKey, file.List.Signature));
            kept.Keep(file.Mapping, now);
        }
    }
}
