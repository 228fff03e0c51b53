using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Kyodo.App.Hosting;
using Kyodo.App.Tests.World;
using Kyodo.Common;
using Kyodo.Core.Tests.Storage;
using Kyodo.Core.Tests.World;
using Kyodo.Installation;
using Kyodo.Organizations;
using Kyodo.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Kyodo.App.Tests.People;

/// <summary>Wrong passwords, codes, locks and floods, and what of it stands in the trail.</summary>
public sealed class SignInTrailTests(SampleWorlds worlds)
{
    private const string Password = "a-long-enough-password";
    private const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    [Theory, ClassData(typeof(EngineData))]
    public async Task Too_many_wrong_passwords_lock_fill_no_trail_and_an_administrator_opens_again(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var (id, email) = await SeedAsync(world, "locked");
        using var visitor = world.VisitFrom("127.0.3.10");
        for (var i = 0; i < 12; i++)
        {
            using var wrong = await visitor.TrySignInAsync(email, "not-the-password");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }
        using (var right = await visitor.TrySignInAsync(email, Password))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, right.StatusCode);
        Assert.Equal(["sign-in-failed 1回", "locked-out"], (await TrailAsync(world, id)).TakeLast(2));
        using var administrator = await world.SignInAsync("administrator");
        Assert.Contains("ロック中", (await administrator.PageAsync("/staff/people?state=Locked")).QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        using (var opened = await administrator.SubmitAsync($"/staff/people/{id}", $"/staff/people/{id}?handler=Unlock"))
            Assert.Equal(HttpStatusCode.Found, opened.StatusCode);
        await visitor.SignInAsync(email, Password);
        Assert.Equal(["person-unlocked", "signed-in その前に失敗9回"], (await TrailAsync(world, id)).TakeLast(2));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_second_factor_is_asked_checked_and_never_skipped(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        var (id, email) = await SeedAsync(world, "two-factors", Secret);
        using var visitor = world.VisitFrom("127.0.3.11");
        async Task<(HttpStatusCode, string?)> TryAsync(string password, string code)
        {
            using var answer = await visitor.SubmitAsync("/sign-in", "/sign-in", ("email", email), ("password", password), ("code", code));
            return (answer.StatusCode, answer.Headers.Location?.OriginalString);
        }
        // The right password alone only shows the field; a right code without the password shows nothing.
        Assert.Equal((HttpStatusCode.OK, null), await TryAsync(Password, ""));
        Assert.Null(visitor.SessionKey);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, null), await TryAsync("not-the-password", Code()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, null), await TryAsync(Password, "12345x"));
        Assert.Null(visitor.SessionKey);
        Assert.Equal((HttpStatusCode.Found, "/staff"), await TryAsync(Password, Code()));
        var trail = await TrailAsync(world, id);
        Assert.Contains("second-factor-set", trail);
        Assert.Equal(["sign-in-failed 1回", "signed-in 確認コードあり、その前に失敗1回"], trail.TakeLast(2));
        Assert.DoesNotContain(trail, entry => entry.Contains(Secret, StringComparison.Ordinal) || entry.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_address_may_try_so_often_and_another_is_not_kept_waiting()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var flood = world.VisitFrom("127.0.3.12");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 310; i++)
        {
            using var answer = await flood.SendAsync(HttpMethod.Post, "/sign-in", ("email", "x"));
            answers.Add(answer.StatusCode);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests)
            {
                Assert.Equal("60", answer.Headers.RetryAfter?.ToString());
                break;
            }
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.True(answers.Count > 250, $"refused after {answers.Count}");
        using var other = world.VisitFrom("127.0.3.13");
        await other.PageAsync("/sign-in");
        using var forgotten = world.VisitFrom("127.0.3.14");
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 70 && last is not HttpStatusCode.TooManyRequests; i++)
        {
            using var answer = await forgotten.SendAsync(HttpMethod.Post, "/sign-in/forgotten", ("email", "x"));
            last = answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task A_session_lives_on_when_the_program_is_started_again()
    {
        var clock = new Clock(JapanTime.At(new DateOnly(2026, 5, 11), 10));
        await using var database = await TestDatabase.MigratedAsync(Engine.Sqlite, clock);
        await using (var db = database.Open())
        {
            await new Seed
            {
                Government = new SeedGovernment("430005", "熊本県", "くまもとけん", GovernmentKind.Prefecture),
                Units = [new SeedUnit("doboku", "土木部", OrgUnitKind.Department)],
                People = [new SeedPerson("stays@pref.example.jp", "残る 人", [new SeedRole("doboku", Role.TrainingOfficer)], Password)],
            }.EnterAsync(db, clock.Now, TestContext.Current.CancellationToken);
        }
        string? key = null;
        foreach (var isFirst in new[] { true, false })
        {
            await using var app = WebHost.Build(database.Database, ["--urls", "http://127.0.0.1:0"], clock, builder => builder.Logging.ClearProviders());
            await app.StartAsync(TestContext.Current.CancellationToken);
            using var visitor = new Visitor(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
            if (isFirst)
            {
                await visitor.SignInAsync("stays@pref.example.jp", Password);
                key = visitor.SessionKey;
            }
            else
            {
                visitor.Cookies.Add(visitor.Site, new Cookie("kyodo", key));
            }
            using var answer = await visitor.GetAsync("/staff");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaaaa")]
    public async Task A_seed_with_a_weak_password_enters_nobody(string password)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        await using var db = world.Open();
        var seed = new Seed { People = [new SeedPerson("weak@pref.example.jp", "弱い 人", [new SeedRole("doboku", Role.Respondent)], password)] };
        Assert.Contains("パスワード", (await Assert.ThrowsAsync<Refusal>(() => seed.EnterAsync(db, world.Clock.Now, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        Assert.False(await db.People.AnyAsync(p => p.Email == "weak@pref.example.jp", TestContext.Current.CancellationToken));
    }

    private static async Task<(long Id, string Email)> SeedAsync(SampleWorld world, string name, string? secret = null)
    {
        var email = $"{name}@pref.example.jp";
        await using var db = world.Open();
        await new Seed { People = [new SeedPerson(email, name, [new SeedRole("doboku", Role.TrainingOfficer)], Password, secret)] }.EnterAsync(db, world.Clock.Now, TestContext.Current.CancellationToken);
        return (await db.People.Where(p => p.Email == email).Select(p => p.Id).SingleAsync(TestContext.Current.CancellationToken), email);
    }

    private static async Task<List<string>> TrailAsync(SampleWorld world, long id)
    {
        await using var db = world.Open();
        return await db.AuditTrail.Where(e => e.Subject == $"person/{id}").OrderBy(e => e.Id).Select(e => (e.Verb + " " + (e.Reason ?? "")).Trim()).ToListAsync(TestContext.Current.CancellationToken);
    }

    // RFC 6238: six digits of an HMAC over the half minute.
    private static string Code()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(Secret.Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What authenticator apps use.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFFFFFF) % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
