using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Kyodo.Organizations;
using Kyodo.Samples;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kyodo.App.Tests.Access;

public sealed class SignInTests(SampleWorlds worlds)
{
    [Theory, ClassData(typeof(EngineData))]
    public async Task A_wrong_password_and_an_unknown_address_look_the_same(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        using var wrong = await visitor.TrySignInAsync(SampleWorld.EmailOf("juror"), "not-the-password");
        using var unknown = await visitor.TrySignInAsync(SampleWorld.EmailOf("nobody"), "not-the-password");
        using var endless = await visitor.TrySignInAsync(SampleWorld.EmailOf("nobody"), new string('x', 5000));
        foreach (var answer in new[] { wrong, unknown, endless })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Contains("メールアドレスかパスワードが違います。", body, StringComparison.Ordinal);
            Assert.DoesNotContain("not-the-password", body, StringComparison.Ordinal);
        }
        Assert.Null(visitor.SessionKey);
    }

    [Theory]
    [InlineData("/staff/cases", "/staff/cases")]
    [InlineData("//evil.example/", "/staff")]
    [InlineData("/\\evil.example/", "/staff")]
    [InlineData("/%2Fevil.example/", "/staff")]
    [InlineData("/%252Fevil.example/", "/staff")]
    [InlineData("https://evil.example/", "/staff")]
    [InlineData("javascript:alert(1)", "/staff")]
    [InlineData("/\t/evil.example", "/staff")]
    [InlineData("/sign-out", "/staff")]
    public async Task Signing_in_leads_to_a_page_of_this_site_and_nowhere_else(string next, string expected)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = world.Visit();
        using var answer = await visitor.TrySignInAsync(SampleWorld.EmailOf("doboku"), SamplePrefecture.Password, next);
        Assert.Equal((HttpStatusCode.Found, expected), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task Signing_out_ends_the_session_for_every_copy_of_its_key(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = await world.SignInAsync("auditor");
        using var copy = CopyOf(visitor);
        Assert.True(await IsInAsync(copy));
        using (var link = await visitor.GetAsync("/sign-out"))
            Assert.True(await IsInAsync(visitor), "a link signed somebody out");
        using (var answer = await visitor.SubmitAsync("/staff", "/sign-out"))
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.False(await IsInAsync(visitor));
        Assert.False(await IsInAsync(copy));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_new_password_ends_all_sessions(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = await world.SignInAsync("mihon-kensho");
        Assert.True(await IsInAsync(visitor));
        await using var db = world.Open();
        var person = await db.People.SingleAsync(p => p.Email == SampleWorld.EmailOf("mihon-kensho"));
        person.SecurityStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync();
        Assert.False(await IsInAsync(visitor));
    }

    [Theory, ClassData(typeof(EngineData))]
    public async Task A_key_from_before_signing_in_opens_nothing_afterwards(Engine engine)
    {
        var world = await worlds.OnAsync(engine);
        using var visitor = world.Visit();
        visitor.Cookies.Add(visitor.Site, new Cookie("kyodo", "chosen-by-somebody-else"));
        await visitor.SignInAsync(SampleWorld.EmailOf("juror"), SamplePrefecture.Password);
        Assert.NotEqual("chosen-by-somebody-else", visitor.SessionKey);
        var first = visitor.SessionKey;
        using var again = await world.SignInAsync("juror");
        Assert.NotEqual(first, again.SessionKey);
    }

    [Fact]
    public async Task The_key_stands_in_the_database_only_as_its_hash()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = await world.SignInAsync("juror");
        await using var db = world.Open();
        Assert.All(await db.Set<Session>().Select(s => s.KeyHash).ToListAsync(), hash => Assert.DoesNotContain(hash, visitor.SessionKey, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Cookies_are_kept_from_scripts_and_from_other_sites()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = world.Visit();
        using var answer = await visitor.TrySignInAsync(SampleWorld.EmailOf("juror"), SamplePrefecture.Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("kyodo=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static Visitor CopyOf(Visitor visitor)
    {
        var cookies = new CookieContainer();
        cookies.Add(visitor.Site, new Cookie("kyodo", visitor.SessionKey));
        return new Visitor(visitor.Site, cookies);
    }

    private static async Task<bool> IsInAsync(Visitor visitor)
    {
        using var answer = await visitor.GetAsync("/staff");
        return answer.StatusCode is HttpStatusCode.OK;
    }
}
