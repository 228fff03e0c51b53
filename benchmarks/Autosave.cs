using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kyodo.Cases;
using Kyodo.Common;
using Kyodo.Organizations;
using Kyodo.Programmes;
using Kyodo.Rounds;
using Kyodo.Samples;
using Kyodo.Storage;
using Microsoft.AspNetCore.Identity;

namespace Kyodo.Benchmarks;

/// <summary>
/// Many people typing at once, each in a case of their own unit, as browsers do it: signed in, with the form's token, a saving each four seconds
/// and a word that the form is open each ten. The server runs beside it as its own process; both share this computer.
/// <c>autosave [--people 200] [--seconds 60] [--database "Host=..."]</c>
/// </summary>
public static partial class Autosave
{
    private const string Password = "hakaru-kyodo-2026";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var people = int.Parse(options.GetValueOrDefault("--people", "200"), CultureInfo.InvariantCulture);
        var seconds = int.Parse(options.GetValueOrDefault("--seconds", "60"), CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("kyodo-autosave").FullName;
        var database = new Database(folder, options.GetValueOrDefault("--database"));
        try
        {
            var inquiries = await PrepareAsync(database, people);
            using var server = Serve(database, out var site);
            try
            {
                return await MeasureAsync(database, site, inquiries, TimeSpan.FromSeconds(seconds), server);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A round of this year that asks as many units as there are people.</summary>
    private static async Task<IReadOnlyList<(string Email, long Inquiry)>> PrepareAsync(Database database, int people)
    {
        await database.MigrateAsync();
        await using var db = database.Open();
        var now = TimeProvider.System.GetUtcNow();
        await SamplePrefecture.EnterAsync(db, now);
        var hash = new PasswordHasher<Person>().HashPassword(null!, Password);
        var units = new List<OrgUnit>();
        for (var i = 1; i <= people; i++)
        {
            var unit = new OrgUnit($"typing-{i}", $"入力{i}課", OrgUnitKind.Division, null, 1000 + i);
            var email = $"typing-{i}@{SamplePrefecture.Domain}";
            var person = new Person(email, $"入力 {i}子") { PasswordHash = hash, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(), EmailConfirmed = true };
            person.Appoint(unit, Role.Respondent);
            db.Add(person);
            units.Add(unit);
        }
        db.AddRange(units);
        await db.SaveChangesAsync();
        var by = await db.ActorAsync($"coordinator@{SamplePrefecture.Domain}", now.DayInJapan());
        var round = new Round(await db.ProgrammeAsync("ps"), FiscalYear.Of(now.DayInJapan()), Phase.StartOfYear, by, now);
        var day = now.DayInJapan();
        round.Describe(round.Title, new Letter { Number = "1", Date = day, Sender = "課長", Officer = "見本 協子", Body = "回答してください。" }, day.AddDays(30), day.AddDays(30), day.AddDays(30), by, now);
        round.Ask(units, by, now);
        db.Rounds.Add(round);
        await db.SaveChangesAsync();
        round.Open(by, now, Array.Empty<string>().ToLookup(_ => 0L));
        await db.SaveChangesAsync();
        return [.. units.Select(unit => ($"{unit.Code}@{SamplePrefecture.Domain}", round.Inquiries.Single(i => i.UnitId == unit.Id).Id))];
    }

    private static Process Serve(Database database, out Uri site)
    {
        site = new Uri("http://127.0.0.1:5187");
        string[] connection = database.PostgresConnection is { } postgres ? ["--database", postgres] : [];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "kyodo.dll"), "serve", "--data", database.DataFolder, "--urls", site.ToString().TrimEnd('/'), .. connection])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<int> MeasureAsync(Database database, Uri site, IReadOnlyList<(string Email, long Inquiry)> inquiries, TimeSpan time, Process server)
    {
        using (var client = new HttpClient())
        {
            for (var tries = 0; tries < 200 && !await IsReadyAsync(client, site); tries++)
                await Task.Delay(100);
        }
        var browsers = new List<Browser>();
        foreach (var (email, inquiry) in inquiries)
        {
            var browser = new Browser(site);
            await browser.OpenAsync(email, Password, inquiry);
            browsers.Add(browser);
        }
        Console.WriteLine($"{browsers.Count} people have their forms open");
        var clock = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource(WarmUp + time);
        var cpu = TimeSpan.Zero;
        var running = browsers.ConvertAll(browser => browser.TypeAsync(clock, stop.Token));
        await Task.Delay(WarmUp);
        server.Refresh();
        cpu = server.TotalProcessorTime;
        await Task.WhenAll(running);
        server.Refresh();
        var saves = browsers.SelectMany(browser => browser.Saves).Where(save => save.At > WarmUp).Select(save => save.Took.TotalMilliseconds).Order().ToList();
        var failed = browsers.Sum(browser => browser.Failed);
        Console.WriteLine($"{saves.Count} savings ({saves.Count / time.TotalSeconds:0.0}/s), failed {failed}");
        Console.WriteLine($"p50 {At(saves, .5):0.0} ms, p95 {At(saves, .95):0.0} ms, p99 {At(saves, .99):0.0} ms, longest {saves[^1]:0.0} ms");
        Console.WriteLine($"the server used {(server.TotalProcessorTime - cpu).TotalSeconds / time.TotalSeconds:0.00} cores, {server.WorkingSet64 >> 20} MiB");
        await using var db = database.Open();
        Console.WriteLine($"versions kept: {db.Set<CaseVersion>().Count()}, audit entries: {db.AuditTrail.Count()}");
        var unlike = browsers.Where(browser => db.Cases.Single(c => c.Id == browser.CaseId) is var one && one.Answers.Text("content") != browser.Last).Count();
        Console.WriteLine(unlike == 0 ? "every text is kept as it was typed last" : $"{unlike} texts differ from what was typed last");
        foreach (var browser in browsers)
            browser.Dispose();
        return failed == 0 && unlike == 0 && At(saves, .95) <= 100 ? 0 : 1;
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri site)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(site, "/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>One person's browser with one form open.</summary>
    private sealed partial class Browser(Uri site) : IDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);
        private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

        private readonly HttpClient _client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = site };
        private string _address = "";
        private string _token = "";
        private string _mark = "";

        public List<(TimeSpan At, TimeSpan Took)> Saves { get; } = [];

        public int Failed { get; private set; }

        public string CaseId { get; private set; } = "";

        public string Last { get; private set; } = "";

        public async Task OpenAsync(string email, string password, long inquiry)
        {
            var token = TokenIn(await _client.GetStringAsync("/sign-in"));
            using var signedIn = await _client.PostAsync("/sign-in", Fields(token, ("email", email), ("password", password), ("next", "")));
            if (signedIn.StatusCode is not HttpStatusCode.Found)
                throw new InvalidOperationException($"{email} could not sign in: {signedIn.StatusCode}");
            _address = $"/staff/cases/{inquiry}/new";
            _token = TokenIn(await _client.GetStringAsync(_address));
            using var begun = await _client.PostAsync($"{_address}?handler=Autosave", Fields(_token, ("title", $"{email} の事業"), ("mark.title", "")));
            begun.EnsureSuccessStatusCode();
            _address = (await JsonAsync(begun)).GetProperty("address").GetString()!;
            CaseId = _address[(_address.LastIndexOf('/') + 1)..];
            _token = TokenIn(await _client.GetStringAsync(_address));
        }

        private static double Chance() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(1_000_000) / 1e6;

        public async Task TypeAsync(Stopwatch clock, CancellationToken stop)
        {
            var nextBeat = clock.Elapsed + (Beat * Chance());
            try
            {
                // Nobody begins at the same moment.
                await Task.Delay(Pause * Chance(), stop);
                while (!stop.IsCancellationRequested)
                {
                    await SaveAsync(clock);
                    await Task.Delay(Pause * (0.75 + (Chance() / 2)), stop);
                    if (clock.Elapsed < nextBeat)
                        continue;
                    nextBeat += Beat;
                    using var beat = await _client.PostAsync($"{_address}?handler=Presence", Fields(_token, ("question", "content")), stop);
                    if (!beat.IsSuccessStatusCode)
                        Failed++;
                }
            }
            catch (OperationCanceledException)
            {
            }
        }

        public void Dispose() => _client.Dispose();

        private async Task SaveAsync(Stopwatch clock)
        {
            var text = Last.Length > 700 ? "" : Last;
            text += $"毎月{clock.ElapsedMilliseconds}回、川沿いの道を清掃する。";
            var (began, at) = (Stopwatch.GetTimestamp(), clock.Elapsed);
            using var answer = await _client.PostAsync($"{_address}?handler=Autosave", Fields(_token, ("content", text), ("mark.content", _mark)));
            var told = await JsonAsync(answer);
            Saves.Add((at, Stopwatch.GetElapsedTime(began)));
            if (!answer.IsSuccessStatusCode)
            {
                Failed++;
                return;
            }
            (Last, _mark) = (text, told.GetProperty("marks").GetProperty("content").GetString()!);
        }

        private static FormUrlEncodedContent Fields(string token, params (string Name, string Value)[] fields) =>
            new([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);

        private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        private static string TokenIn(string page) => Token().Match(page).Groups["token"].Value;

        [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Token();
    }
}
