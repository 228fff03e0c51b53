using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Kyodo.Common;

namespace Kyodo.App.Commands;

/// <summary>The operator's door: <c>kyodo COMMAND</c>. Exit 0 = done, 1 = refused, 2 = wrong usage.</summary>
public static class KyodoCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(Words.Say("協働（Kyodo）: 照会・回答・取りまとめ・公表", "Kyodo: inquiries, answers, compilation and publication of collaboration projects"))
        {
            DemoCommand.Create(), ServeCommand.Create(), SeedCommand.Create(), ImportCommand.Create(), ReleaseCommand.Create(), TakeoverCommand.Create(), WithdrawCommand.CreateWithdraw(), WithdrawCommand.CreateRedact(), ExportCommand.Create(),
            VerifyCommand.Create(), BackupCommand.Create(), RestoreCommand.Create(), RoutesCommand.Create(), SearchCommand.Create(), FederateCommand.Create(), GenerateCommand.Create(), MailCommand.Create(), UserCommand.Create(),
        };
        foreach (var option in CommonOptions.All)
        {
            option.Recursive = true;
            root.Add(option);
        }
        var parsed = root.Parse(args);
        Words.Language = parsed.GetValue(CommonOptions.Lang) ?? Words.Language;
        var errors = parsed.Errors.Select(error => error.Message).Concat(MistakenOptions(parsed)).ToList();
        if (errors.Count > 0)
        {
            foreach (var error in errors)
                await Console.Error.WriteLineAsync(error);
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Refusal refusal)
        {
            return Terminal.Refuse(parsed, refusal);
        }
        catch (IOException problem)
        {
            return Terminal.Refuse(parsed, new Refusal(problem.Message));
        }
    }

    // The library takes an option it does not know for an argument: `verify --jsn` would look for a folder of that name.
    private static IEnumerable<string> MistakenOptions(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Where(token => token.Value.StartsWith("--", StringComparison.Ordinal))
        .Select(token => Words.Say($"{token.Value} という指定はありません。", $"There is no option {token.Value}."));
}

/// <summary>Japanese or English, by <c>--lang</c> or LANG.</summary>
internal static class Words
{
    public static string Language { get; set; } =
        Environment.GetEnvironmentVariable("LANG") is { } lang && lang.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "ja";

    public static string Say(string ja, string en) => Language == "en" ? en : ja;

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
