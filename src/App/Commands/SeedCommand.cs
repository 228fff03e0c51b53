using System.CommandLine;
using System.Text.Json;
using Kyodo.Common;
using Kyodo.Installation;

namespace Kyodo.App.Commands;

/// <summary><c>seed --file</c>: organisations, people, programmes, partners, recorded totals and rounds of a new installation.</summary>
internal static class SeedCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo>("--file") { Required = true, Description = "seed.json（docs/seed.schema.json）" };
        var command = new Command("seed", Words.Say("最初の登録（組織・人・制度など）", "first entries: organisations, people, programmes ...")) { file };
        command.SetAction(async (parsed, stop) =>
        {
            var source = parsed.GetValue(file)!;
            if (!source.Exists)
                throw new Refusal(Words.Say($"ファイルがありません: {source.FullName}", $"There is no such file: {source.FullName}"));
            Seed seed;
            try
            {
                await using var stream = source.OpenRead();
                seed = await JsonSerializer.DeserializeAsync<Seed>(stream, Seed.Options, stop) ?? throw new JsonException();
            }
            catch (JsonException problem)
            {
                throw new Refusal(Words.Say($"{source.Name} が読めません（{problem.Path} {problem.LineNumber + 1}行目）: {problem.Message}", $"{source.Name} cannot be read ({problem.Path}, line {problem.LineNumber + 1}): {problem.Message}"));
            }
            var database = CommonOptions.DatabaseOf(parsed);
            await database.MigrateAsync(stop);
            await using var db = database.Open();
            var entered = await seed.EnterAsync(db, TimeProvider.System.GetUtcNow(), stop);
            Terminal.Finish(parsed, entered, Words.Say($"登録しました: 組織{entered.Units}、人{entered.People}、制度{entered.Programmes}、相手方{entered.Partners}、照会{entered.Rounds}", $"Entered {entered.Units} units, {entered.People} people, {entered.Programmes} programmes, {entered.Partners} partners, {entered.Rounds} rounds."));
            return 0;
        });
        return command;
    }
}
