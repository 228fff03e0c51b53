using System.Net;
using System.Net.Sockets;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Kyodo.App.Tests.World;

/// <summary>Somebody with a browser: cookies are kept, redirects are seen and not followed.</summary>
internal sealed class Visitor : IDisposable
{
    private const string Token = "__RequestVerificationToken";

    private readonly HttpClient _client;

    /// <param name="from">The address of their machine, where it counts: one of 127.0.0.0/8.</param>
    public Visitor(Uri site, CookieContainer? cookies = null, string? from = null)
    {
        Cookies = cookies ?? new CookieContainer();
        Site = site;
        var handler = new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false };
        if (from is not null)
            handler.ConnectCallback = (context, stop) => ConnectFromAsync(IPAddress.Parse(from), context.DnsEndPoint, stop);
        _client = new HttpClient(handler) { BaseAddress = site };
    }

    public Uri Site { get; }

    public CookieContainer Cookies { get; }

    public string? SessionKey => Cookies.GetCookies(Site)["kyodo"]?.Value;

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(Site, path));

    /// <summary>As a browser that has it already asks again.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, System.Net.Http.Headers.EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Site, path));
        request.Headers.IfNoneMatch.Add(known);
        return await _client.SendAsync(request);
    }

    public async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, $"GET {path} answered {(int)answer.StatusCode}");
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, new Uri(Site, path)) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        // Where a body is refused unread, the answer comes and not a broken pipe.
        request.Headers.ExpectContinue = fields.Sum(field => field.Value.Length) > 1 << 20;
        return await _client.SendAsync(request);
    }

    public async Task<HttpResponseMessage> SendAsync(string path, HttpContent form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Site, path)) { Content = form };
        return await _client.SendAsync(request);
    }

    /// <summary>Sends a form with the token of the page it stands on.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = (await PageAsync(page)).QuerySelector($"input[name={Token}]")?.GetAttribute("value");
        Assert.False(string.IsNullOrEmpty(token), $"{page} has no form with a token");
        return await SendAsync(HttpMethod.Post, action, [.. fields, (Token, token!)]);
    }

    public Task<HttpResponseMessage> TrySignInAsync(string email, string password, string? next = null) =>
        SubmitAsync("/sign-in", "/sign-in", ("email", email), ("password", password), ("next", next ?? ""));

    public async Task SignInAsync(string email, string password)
    {
        using var answer = await TrySignInAsync(email, password);
        Assert.True(answer.StatusCode is HttpStatusCode.Found, $"{email} could not sign in: {(int)answer.StatusCode}");
    }

    private static async ValueTask<Stream> ConnectFromAsync(IPAddress from, DnsEndPoint to, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Parse(to.Host), to.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _client.Dispose();
}
