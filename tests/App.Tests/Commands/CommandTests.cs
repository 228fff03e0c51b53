using Kyodo.Organizations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Commands;

/// <summary>0 = done, 1 = refused and nothing changed, 2 = wrong usage.</summary>
public sealed class CommandTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    [Fact]
    public async Task The_demo_is_made_verifies_and_is_not_made_over_somebodys_data()
    {
        Assert.Equal(0, demo.Demo.ExitCode);
        Assert.Equal(demo.Original, demo.Demo.Json.GetProperty("data").GetString());
        var verified = await Ran.KyodoAsync("verify", "--json", "--data", demo.Original);
        Assert.Equal((0, true), (verified.ExitCode, verified.Json.GetProperty("ok").GetBoolean()));
        var own = Directory.CreateTempSubdirectory("kyodo-own-").FullName;
        await File.WriteAllTextAsync(Path.Combine(own, "mine.txt"), "mine");
        Assert.Equal(1, (await Ran.KyodoAsync("demo", "--no-serve", "--data", own)).ExitCode);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(own).Select(Path.GetFileName));
        Directory.Delete(own, recursive: true);
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("import")]
    [InlineData("import", "x.xlsx", "--programme", "ps")]
    [InlineData("release", "--programme", "ps", "--year", "next")]
    [InlineData("verify", "--no-such-option")]
    [InlineData("export", "edition")]
    public async Task Wrong_usage_is_two(params string[] arguments)
    {
        var ran = await Ran.KyodoAsync(arguments);
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.NotEqual("", ran.Errors);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("release", "--programme", "ps", "--year", "2007")]
    [InlineData("export", "edition", "ps/2007", "out")]
    public async Task Where_there_is_no_data_a_command_refuses_and_makes_none(params string[] arguments)
    {
        var nowhere = Path.Combine(Path.GetTempPath(), $"kyodo-{Guid.NewGuid():n}");
        var ran = await Ran.KyodoAsync([.. arguments, "--data", nowhere]);
        Assert.Equal(1, ran.ExitCode);
        Assert.False(Directory.Exists(nowhere));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("import")]
    [InlineData("release")]
    [InlineData("export")]
    [InlineData("verify")]
    [InlineData("routes")]
    public async Task Every_command_has_help(string command)
    {
        var ran = await Ran.KyodoAsync(command, "--help");
        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("--data", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_enters_an_account_with_a_password_that_holds_and_the_trail_has_it()
    {
        var data = demo.Copy();
        string[] add = ["user", "add", "operator@pref.example.jp", "--name", "運用 太郎", "--unit", "partnership", "--role", "Administrator", "--data", data];
        foreach (var weak in new[] { "short", "aaaaaaaaaaaaaaaaaaa", "Operator@pref.example.jp" })
            Assert.Equal(1, (await Ran.WithInputAsync(weak, add)).ExitCode);
        Assert.Equal(0, (await Ran.WithInputAsync("a-long-enough-password", add)).ExitCode);
        Assert.Equal(1, (await Ran.WithInputAsync("a-long-enough-password", add)).ExitCode);
        Assert.Equal(1, (await Ran.WithInputAsync("short", "user", "password", "operator@pref.example.jp", "--data", data)).ExitCode);
        Assert.Equal(0, (await Ran.WithInputAsync("another-long-password", "user", "password", "operator@pref.example.jp", "--data", data)).ExitCode);
        await using var db = new Kyodo.Storage.Database(data, null).Open();
        var id = await db.People.Where(p => p.Email == "operator@pref.example.jp").Select(p => p.Id).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["person-entered", "password-set", "appointment-given", "password-changed"], await db.AuditTrail.Where(e => e.Subject == $"person/{id}").OrderBy(e => e.Id).Select(e => e.Verb).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, (await Ran.KyodoAsync("verify", "--data", data)).ExitCode);
    }

    [Fact]
    public async Task A_workbook_is_checked_whole_and_another_units_is_refused()
    {
        var file = Path.Combine(demo.Original, "samples", "doboku.xlsx");
        var own = await Ran.KyodoAsync("import", file, "--programme", "ps", "--year", "2007", "--unit", "doboku", "--check", "--json", "--data", demo.Original);
        // The round of 2007 is closed, and the file was taken in then: it is read to its end all the same.
        Assert.Equal(1, own.ExitCode);
        Assert.Equal(["error", "warning"], own.Json.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("severity").GetString()));
        Assert.True(own.Json.GetProperty("rows").GetInt32() > 5);
        Assert.Equal(own.Json.GetProperty("rows").GetInt32(), own.Json.GetProperty("accepted").GetInt32());
        var other = await Ran.KyodoAsync("import", file, "--programme", "ps", "--year", "2007", "--unit", "nosei", "--check", "--json", "--data", demo.Original);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("doboku", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_release_wants_its_erratum_and_what_was_released_stays()
    {
        var data = demo.Copy();
        var refused = await Ran.KyodoAsync("release", "--programme", "ps", "--year", "2007", "--without-pdf", "--data", data);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("訂正", refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data, "editions", "ps", "2007", "r3")));

        var first = await File.ReadAllBytesAsync(Path.Combine(data, "editions", "ps", "2007", "r1", "public", "manifest.json"));
        var released = await Ran.KyodoAsync("release", "--programme", "ps", "--year", "2007", "--without-pdf", "--erratum", "写真の説明を直しました。", "--json", "--data", data);
        Assert.Equal((0, 3, 76), (released.ExitCode, released.Json.GetProperty("revision").GetInt32(), released.Json.GetProperty("cases").GetInt32()));
        Assert.Equal(first, await File.ReadAllBytesAsync(Path.Combine(data, "editions", "ps", "2007", "r1", "public", "manifest.json")));
        Assert.Equal(0, (await Ran.KyodoAsync("verify", "--data", data)).ExitCode);
    }

    [Fact]
    public async Task Verify_names_what_was_changed_taken_away_or_added()
    {
        var data = demo.Copy();
        var folder = Path.Combine(data, "editions", "zero-budget", "2007", "r1", "public");
        await File.AppendAllTextAsync(Path.Combine(folder, "cases.csv"), "x");
        File.Delete(Path.Combine(folder, "cases.json"));
        await File.WriteAllTextAsync(Path.Combine(folder, "extra.txt"), "x");
        var ran = await Ran.KyodoAsync("verify", "--json", "--data", data);
        Assert.Equal(1, ran.ExitCode);
        foreach (var name in new[] { "cases.csv", "cases.json", "extra.txt" })
            Assert.Contains(name, ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exported_edition_verifies_by_itself()
    {
        var target = Path.Combine(demo.Copy(), "out");
        Assert.Equal(0, (await Ran.KyodoAsync("export", "edition", "ps/2007/r1", target, "--data", demo.Original)).ExitCode);
        Assert.True(File.Exists(Path.Combine(target, "cases.csv")));
        Assert.Equal(0, (await Ran.KyodoAsync("verify", target)).ExitCode);
        await File.AppendAllTextAsync(Path.Combine(target, "cases.csv"), "x");
        Assert.Equal(1, (await Ran.KyodoAsync("verify", target)).ExitCode);
        Assert.Equal(1, (await Ran.KyodoAsync("export", "edition", "ps/1999", target, "--data", demo.Original)).ExitCode);
    }

    [Fact]
    public async Task Routes_are_listed_each_with_its_policy()
    {
        var ran = await Ran.KyodoAsync("routes", "--json");
        Assert.Equal(0, ran.ExitCode);
        var routes = ran.Json.EnumerateArray().ToList();
        Assert.All(routes, route => Assert.Equal(["method", "pattern", "policy"], route.EnumerateObject().Select(p => p.Name)));
        Assert.Contains(routes, route => route.GetProperty("pattern").GetString() == "/" && route.GetProperty("policy").GetString() == "public");
        Assert.DoesNotContain(routes, route => route.GetProperty("pattern").GetString()!.StartsWith("/staff", StringComparison.Ordinal) && route.GetProperty("policy").GetString() == "public");
    }

    [Fact]
    public async Task A_backup_restored_elsewhere_verifies()
    {
        var root = demo.Copy();
        var file = Path.Combine(root, "kept.zip");
        Assert.Equal(0, (await Ran.KyodoAsync("backup", file, "--data", root)).ExitCode);
        var restored = Path.Combine(root, "restored");
        Assert.Equal(0, (await Ran.KyodoAsync("restore", file, "--data", restored)).ExitCode);
        Assert.Equal(0, (await Ran.KyodoAsync("verify", "--data", restored)).ExitCode);
    }
}
