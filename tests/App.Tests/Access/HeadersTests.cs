using System.Net;
using Kyodo.App.Tests.World;
using Kyodo.Core.Tests.Storage;
using Xunit;

namespace Kyodo.App.Tests.Access;

public sealed class HeadersTests(SampleWorlds worlds)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/cases")]
    [InlineData("/statistics/trend.csv")]
    [InlineData("/editions/ps/2007/r1/manifest.json")]
    [InlineData("/css/base.css")]
    [InlineData("/sign-in")]
    [InlineData("/staff")]
    [InlineData("/no-such-page")]
    [InlineData("/healthz")]
    public async Task Every_answer_carries_the_headers_that_keep_browsers_honest(string path)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        foreach (var name in new[] { null, "coordinator" })
        {
            using var visitor = name is null ? world.Visit() : await world.SignInAsync(name);
            // Twice: the second answer may be one that was kept.
            for (var i = 0; i < 2; i++)
            {
                using var answer = await visitor.GetAsync(path);
                var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
                foreach (var rule in new[] { "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "script-src 'self'" })
                    Assert.Contains(rule, policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
                Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
                Assert.False(answer.Headers.Contains("Server"));
                Assert.False(answer.Headers.Contains("X-Powered-By"));
            }
        }
    }

    [Theory]
    [InlineData("/cases/%00")]
    [InlineData("/cases/..%2f..%2fetc%2fpasswd")]
    [InlineData("/cases/'%20OR%201=1")]
    [InlineData("/cases?page=99999999999999999999&sort=%27&year=x")]
    [InlineData("/cases?q=%F0%28%8C%28")]
    [InlineData("/editions/ps/99999/r1")]
    [InlineData("/editions/ps/2007/r99999999999")]
    [InlineData("/editions/ps/2007/r1/..%2Fstaff%2Fcases.json")]
    [InlineData("/editions/ps/2007/r1/....//staff/cases.json")]
    [InlineData("/editions/..%2f..%2f/2007/r1/kyodo.db")]
    [InlineData("/partners/%ff%fe")]
    [InlineData("/api/v1/cases?size=-1")]
    [InlineData("/api/v1/cases?size=1000000000")]
    [InlineData("/error/500")]
    [InlineData("/staff/cases/99999999999999999999")]
    public async Task Nonsense_is_answered_without_a_word_of_the_programs_inside(string path)
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = world.Visit();
        using var answer = await visitor.GetAsync(path);
        Assert.InRange((int)answer.StatusCode, 200, 499);
        var body = await answer.Content.ReadAsStringAsync();
        foreach (var inside in new[] { "Exception", "   at ", "Kyodo.App", ".cs:line", world.Database.DataFolder, "SELECT ", "Npgsql", "SQLite" })
            Assert.DoesNotContain(inside, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_to_a_program_is_a_problem_document()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = world.Visit();
        using var answer = await visitor.GetAsync("/api/v1/cases/000000000000");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_body_too_large_is_refused_before_it_is_read()
    {
        var world = await worlds.OnAsync(Engine.Sqlite);
        using var visitor = await world.SignInAsync("doboku");
        var inquiry = await world.OpenInquiryAsync("doboku");
        using var answer = await visitor.SubmitAsync($"/staff/cases/{inquiry}", $"/staff/cases/{inquiry}?handler=Nil", ("reason", new string('x', 13 << 20)));
        Assert.InRange((int)answer.StatusCode, 400, 422);
    }
}
