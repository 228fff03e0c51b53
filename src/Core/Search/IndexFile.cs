using System.Globalization;
using System.Text.Json;
using Kyodo.Common;
using Kyodo.Editions;
using Kyodo.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Kyodo.Search;

/// <summary>
/// The index as a file of its own, on either engine of the records: made new beside the old one, then put in its place, so that whoever
/// reads the old one finishes undisturbed. It can be deleted at any time.
/// </summary>
internal static class IndexFile
{
    /// <summary>Raised when the file's shape or the way text is cut changes.</summary>
    private const string Shape = "4";

    private const string Tables =
        """
        PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
        CREATE TABLE about (stamp TEXT NOT NULL, build TEXT NOT NULL);
        CREATE TABLE cases (id INTEGER PRIMARY KEY, case_id TEXT NOT NULL, title_order INTEGER NOT NULL, facets TEXT NOT NULL, card TEXT NOT NULL, rest TEXT NOT NULL);
        CREATE INDEX cases_by_case ON cases (case_id);
        CREATE TABLE labels (facet TEXT NOT NULL, value TEXT NOT NULL, ja TEXT NOT NULL, en TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (facet, value));
        CREATE VIRTUAL TABLE words USING fts5(title, summary, rest, content='', tokenize='unicode61 remove_diacritics 0');
        """;

    public static string StampOf(string publication) => $"{Shape}-{publication}";

    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public static async Task WriteAsync(AppDb db, string file, string stamp, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var build = Guid.NewGuid().ToString("N");
        var unfinished = $"{file}.{build}";
        try
        {
            await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = unfinished, Pooling = false }.ToString()))
            {
                await connection.OpenAsync(stop);
                Run(connection, Tables);
                await using var transaction = await connection.BeginTransactionAsync(stop);
                await FillAsync(db, connection, stop);
                Run(connection, "INSERT INTO about VALUES ($stamp, $build)", ("$stamp", stamp), ("$build", build));
                Run(connection, "INSERT INTO words(words) VALUES ('optimize')");
                await transaction.CommitAsync(stop);
            }
            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task FillAsync(AppDb db, SqliteConnection connection, CancellationToken stop)
    {
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.IsLatest).ToDictionaryAsync(r => r.Id, stop);
        var titles = (await db.LatestCases.Select(c => new { c.RevisionId, c.CaseId, c.Title }).ToListAsync(stop))
            .OrderBy(c => TextForms.Key(c.Title), StringComparer.Create(CultureInfo.GetCultureInfo("ja-JP"), ignoreCase: true))
            .Select((c, order) => (c.RevisionId, c.CaseId, order)).ToDictionary(c => (c.RevisionId, c.CaseId), c => c.order);
        var labels = new Dictionary<(Facet, string), (string Ja, string En, int Place)>();
        using var insertCase = Command(connection, "INSERT INTO cases VALUES ($id, $case, $title, $facets, $card, $rest)", "$id", "$case", "$title", "$facets", "$card", "$rest");
        using var insertWords = Command(connection, "INSERT INTO words (rowid, title, summary, rest) VALUES ($id, $title, $summary, $rest)", "$id", "$title", "$summary", "$rest");
        var id = 0;
        // Newest first: the order of the rows is the order of a list that asks for nothing.
        await foreach (var one in db.LatestCases.OrderByDescending(c => c.Year).ThenBy(c => c.RevisionId).ThenBy(c => c.Order).AsAsyncEnumerable().WithCancellation(stop))
        {
            // Released while this reads: the stamp has moved on too, and the index is made again.
            if (!revisions.TryGetValue(one.RevisionId, out var revision))
                continue;
            var card = CaseCard.Of(one, revision);
            var rest = string.Join('\n', Rest(one, card, revision));
            id++;
            Fill(insertCase, id, one.CaseId, titles.GetValueOrDefault((one.RevisionId, one.CaseId)), JsonSerializer.Serialize(FacetsOf(card, one, labels)), JsonSerializer.Serialize(card, Json.Plain), rest);
            Fill(insertWords, id, Words(one.Title), Words(one.Summary), Words(rest));
        }
        using var insertLabel = Command(connection, "INSERT INTO labels VALUES ($facet, $value, $ja, $en, $place)", "$facet", "$value", "$ja", "$en", "$place");
        foreach (var ((facet, value), (ja, en, place)) in labels)
            Fill(insertLabel, facet.ToString(), value, ja, en, place);
    }

    private static string[][] FacetsOf(CaseCard card, PublishedCase one, Dictionary<(Facet, string), (string, string, int)> labels)
    {
        string Named(Facet facet, string value, string ja, string en, int place)
        {
            labels.TryAdd((facet, value), (ja, en, place));
            return value;
        }
        return
        [
            [Named(Facet.Programme, card.Programme, card.ProgrammeJa, card.ProgrammeEn, 0)],
            [card.Year.ToString()],
            [Named(Facet.Form, $"{card.Programme}/{card.FormNo}", card.FormJa, card.FormEn, card.FormNo)],
            [.. card.Partners.Select(p => p.Kind).Where(kind => kind.Length > 0).Distinct(), .. card.Partners.Select(p => p.Id)],
            [.. card.Themes],
            [.. card.Municipalities],
            [Named(Facet.Unit, card.UnitCode, card.UnitName, card.UnitName, one.UnitOrder)],
            [card.Status],
        ];
    }

    private static IEnumerable<string> Rest(PublishedCase one, CaseCard card, Revision revision)
    {
        foreach (var question in revision.Questions.Where(q => q.Key is not "title" and not "summary" && q.Type is not "form"))
        {
            if (one.Answers[question.Key] is { } answer)
            {
                foreach (var line in question.AnswerType.Show(question, answer))
                    yield return line;
            }
        }
        yield return card.FormJa;
        yield return card.FormEn;
        yield return card.UnitName;
        yield return card.ProgrammeJa;
        yield return card.Year.InBothCalendars;
        yield return card.Year.Short;
    }

    private static string Words(string text) => string.Join(' ', SearchText.Tokens(text).Select(token => token.Text));

    private static SqliteCommand Command(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static void Fill(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
