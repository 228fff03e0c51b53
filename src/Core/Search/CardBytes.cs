using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;

namespace Kyodo.Search;

/// <summary>What cards of one revision have in common.</summary>
internal sealed record CardEdition(string Programme, string NameJa, string NameEn, FiscalYear Year, int Revision, IReadOnlyList<PublishedForm> Forms, string? Government = null, string? GovernmentName = null);

/// <summary>A card and the rest of its case's text as the index keeps them.</summary>
internal static class CardBytes
{
    public static byte[] Of(CaseCard card, int edition, string rest)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(edition);
        writer.Write(card.BudgetYen ?? long.MinValue);
        writer.Write(card.FormNo);
        foreach (var text in new[] { card.Id, card.SourceId ?? "", card.ProjectId, card.Title, card.Summary, card.UnitCode, card.UnitName, card.Declared, card.Lineage, card.Status, card.Photo is null ? "" : JsonSerializer.Serialize(card.Photo, Json.Plain) })
            writer.Write(text);
        Write(writer, card.Municipalities);
        Write(writer, card.Themes);
        Write(writer, [.. card.Partners.SelectMany(partner => new[] { partner.Id, partner.Name, partner.Kind })]);
        writer.Write(rest);
        writer.Flush();
        return bytes.ToArray();
    }

    public static CaseCard Read(ReadOnlySpan<byte> bytes, IReadOnlyList<CardEdition> editions) => Read(bytes, editions, out _);

    /// <summary>The title alone, where the rest is not needed.</summary>
    public static string Title(ReadOnlySpan<byte> bytes)
    {
        var reading = new Reading(bytes);
        reading.Number();
        reading.Long();
        reading.Number();
        for (var before = 0; before < 3; before++)
            reading.Pass();
        return reading.Text();
    }

    /// <summary>The text of the case beside its title and summary, a line an answer.</summary>
    public static string Rest(ReadOnlySpan<byte> bytes, IReadOnlyList<CardEdition> editions)
    {
        Read(bytes, editions, out var left);
        return left.Text();
    }

    private static CaseCard Read(ReadOnlySpan<byte> bytes, IReadOnlyList<CardEdition> editions, out Reading reading)
    {
        reading = new Reading(bytes);
        var edition = editions[reading.Number()];
        var budget = reading.Long();
        var formNo = reading.Number();
        var form = edition.Forms.FirstOrDefault(f => f.No == formNo);
        var card = new CaseCard
        {
            Id = reading.Text(),
            SourceId = reading.Text() is { Length: > 0 } source ? source : null,
            ProjectId = reading.Text(),
            Title = reading.Text(),
            Summary = reading.Text(),
            UnitCode = reading.Text(),
            UnitName = reading.Text(),
            Declared = reading.Text(),
            Lineage = reading.Text(),
            Status = reading.Text(),
            Photo = reading.Text() is { Length: > 0 } photo ? JsonSerializer.Deserialize<Questions.Photograph>(photo, Json.Plain) : null,
            Municipalities = reading.Texts(),
            Themes = reading.Texts(),
            Partners = Partners(reading.Texts()),
            Programme = edition.Programme,
            ProgrammeJa = edition.NameJa,
            ProgrammeEn = edition.NameEn,
            Government = edition.Government,
            GovernmentName = edition.GovernmentName,
            Year = edition.Year,
            Revision = edition.Revision,
            FormNo = formNo,
            FormJa = form?.NameJa ?? "",
            FormEn = form?.NameEn ?? "",
            BudgetYen = budget == long.MinValue ? null : budget,
        };
        return card;
    }

    private static PublishedPartner[] Partners(string[] texts)
    {
        var partners = new PublishedPartner[texts.Length / 3];
        for (var i = 0; i < partners.Length; i++)
            partners[i] = new PublishedPartner(texts[i * 3], texts[(i * 3) + 1], texts[(i * 3) + 2]);
        return partners;
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
    }

    private ref struct Reading(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        public int Number() => BinaryPrimitives.ReadInt32LittleEndian(_bytes[Take(4)..]);

        public long Long() => BinaryPrimitives.ReadInt64LittleEndian(_bytes[Take(8)..]);

        public string Text()
        {
            var length = Length();
            return length == 0 ? "" : Encoding.UTF8.GetString(_bytes.Slice(Take(length), length));
        }

        public void Pass() => Take(Length());

        private int Length()
        {
            var (length, shift) = (0, 0);
            byte part;
            do
            {
                part = _bytes[_at++];
                length |= (part & 127) << shift;
                shift += 7;
            }
            while (part > 127);
            return length;
        }

        public string[] Texts()
        {
            var count = Number();
            if (count == 0)
                return [];
            var texts = new string[count];
            for (var i = 0; i < count; i++)
                texts[i] = Text();
            return texts;
        }

        private int Take(int count)
        {
            var at = _at;
            _at += count;
            return at;
        }
    }
}
