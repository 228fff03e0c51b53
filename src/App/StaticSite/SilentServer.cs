using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Kyodo.App.StaticSite;

/// <summary>Says that a page is drawn to become a file.</summary>
internal sealed record StaticSite;

/// <summary>What was drawn for a path.</summary>
internal sealed record DrawnFile(int Status, string Type, byte[] Body);

/// <summary>A server without a network: it draws pages by the very pipeline that serves them.</summary>
internal sealed class SilentServer : IServer
{
    private static readonly StaticSite Mark = new();

    private Func<IFeatureCollection, Task>? _draw;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _draw = async features =>
        {
            var context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context);
                application.DisposeContext(context, null);
            }
            catch (Exception problem)
            {
                application.DisposeContext(context, problem);
                throw;
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    /// <param name="path">As it stands in a link, percent-encoded, with its query.</param>
    public async Task<DrawnFile> DrawAsync(string path, Uri site)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        using var body = new MemoryStream();
        var request = new HttpRequestFeature
        {
            Method = HttpMethods.Get,
            Protocol = "HTTP/1.1",
            Scheme = site.Scheme,
            Path = WebUtility.UrlDecode((query < 0 ? path : path[..query]).Replace("+", "%2B", StringComparison.Ordinal)),
            QueryString = query < 0 ? "" : path[query..],
        };
        request.Headers.Host = site.Authority;
        request.Headers.Accept = "text/html, */*";
        var response = new HttpResponseFeature();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set(Mark);
        await (_draw ?? throw new InvalidOperationException("The pipeline has not begun."))(features);
        return new DrawnFile(response.StatusCode, response.Headers.ContentType.ToString(), body.ToArray());
    }
}
