using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Kyodo.App.Hosting;

/// <summary>Says that an endpoint's answer depends on what is published and on nothing else, so that it may be kept until the next release.</summary>
public sealed record KeptUntilNextRelease;

/// <summary>
/// A public page is drawn once and its bytes, compressed ahead, are handed out until the next release. Kept by path alone: a page may not
/// depend on who asks, and one asked for with a query is drawn each time.
/// </summary>
public sealed class PublicPages
{
    private const long MostBytes = 64 << 20;
    private const int MostBytesOfOne = 4 << 20;

    private readonly ConcurrentDictionary<string, KeptPage> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private long _bytes;
    private int _generation;

    /// <summary>Throws everything away; what is being drawn now is not kept either.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _generation);
        _kept.Clear();
        _order.Clear();
        Interlocked.Exchange(ref _bytes, 0);
    }

    /// <summary>Stands first: a kept page passes nothing else.</summary>
    public Task AnswerAsync(HttpContext context, RequestDelegate next) =>
        MayBeKept(context.Request) && _kept.TryGetValue(context.Request.Path.Value!, out var page) ? page.SendAsync(context) : next(context);

    /// <summary>Stands behind routing: draws a public page into memory, keeps it, and sends it as it will be sent from then on.</summary>
    public async Task KeepAsync(HttpContext context, RequestDelegate next)
    {
        if (!MayBeKept(context.Request) || !IsPublic(context.GetEndpoint()))
        {
            await next(context);
            return;
        }
        var generation = _generation;
        var response = context.Response;
        var outward = response.Body;
        using var drawn = new MemoryStream();
        response.Body = drawn;
        // HEAD draws the same page; the server leaves its body out.
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = outward;
        }
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0 || response.Headers.CacheControl.Contains("no-store") || drawn.Length > MostBytesOfOne)
        {
            drawn.Position = 0;
            if (!HttpMethods.IsHead(context.Request.Method))
                await drawn.CopyToAsync(outward, context.RequestAborted);
            return;
        }
        var page = new KeptPage(drawn.ToArray(), response.ContentType ?? "", response.Headers.ContentDisposition, response.Headers.AccessControlAllowOrigin.Count > 0);
        if (generation == _generation)
            Keep(context.Request.Path.Value!, page);
        await page.SendAsync(context);
    }

    private void Keep(string path, KeptPage page)
    {
        if (!_kept.TryAdd(path, page))
            return;
        _order.Enqueue(path);
        Interlocked.Add(ref _bytes, page.Size);
        while (Interlocked.Read(ref _bytes) > MostBytes && _order.TryDequeue(out var oldest))
        {
            if (_kept.TryRemove(oldest, out var gone))
                Interlocked.Add(ref _bytes, -gone.Size);
        }
    }

    // Routes do not mind upper case or a last slash: each page has one path that is kept, or one could fill the memory with its spellings.
    private static bool MayBeKept(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.QueryString.HasValue
        && request.HttpContext.Features.Get<StaticSite.StaticSite>() is null
        && request.Path.Value is { Length: > 0 and < 200 } path
        && (path.Length == 1 || path[^1] != '/')
        && !path.AsSpan().ContainsAnyInRange('A', 'Z');

    private static bool IsPublic(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<KeptUntilNextRelease>() is not null
        || endpoint?.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath.StartsWith("/Portal/", StringComparison.Ordinal) is true;

    private sealed class KeptPage
    {
        // Worked out once: what is sent with each of the three forms.
        private readonly Form _identity;
        private readonly Form _gzip;
        private readonly Form _brotli;
        private readonly string _tag;
        private readonly string _type;
        private readonly StringValues _disposition;
        private readonly bool _isOpenToAll;

        public KeptPage(byte[] body, string type, StringValues disposition, bool isOpenToAll)
        {
            (_type, _disposition, _isOpenToAll) = (type, disposition, isOpenToAll);
            _tag = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
            _identity = new Form(body, default, $"\"{_tag}\"");
            _gzip = new Form(Gzip(body), "gzip", $"\"{_tag}-gzip\"");
            _brotli = new Form(Brotli(body), "br", $"\"{_tag}-br\"");
        }

        public long Size => _identity.Bytes.Length + _gzip.Bytes.Length + _brotli.Bytes.Length + 500;

        public async Task SendAsync(HttpContext context)
        {
            var form = Chosen(context.Request.Headers.AcceptEncoding);
            var response = context.Response;
            var headers = response.Headers;
            SecurityHeaders.Set(headers);
            if (_isOpenToAll)
                Pages.Portal.Data.OpenToAll.Set(headers);
            headers.ETag = form.Tag;
            headers.CacheControl = "public, no-cache";
            headers.Vary = "Accept-Encoding";
            if (context.Request.Headers.IfNoneMatch is { Count: > 0 } known && (known == "*" || known.ToString().Contains(_tag, StringComparison.Ordinal)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
            response.ContentType = _type;
            if (_disposition.Count > 0)
                headers.ContentDisposition = _disposition;
            if (form.Encoding.Count > 0)
                headers.ContentEncoding = form.Encoding;
            response.ContentLength = form.Bytes.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
                await response.BodyWriter.WriteAsync(form.Bytes, context.RequestAborted);
        }

        private sealed record Form(byte[] Bytes, StringValues Encoding, StringValues Tag);

        private Form Chosen(StringValues accepted)
        {
            var offer = accepted.ToString();
            return Accepts(offer, "br") ? _brotli : Accepts(offer, "gzip") ? _gzip : _identity;
        }

        private static bool Accepts(string offer, string encoding)
        {
            foreach (var part in offer.AsSpan().Split(','))
            {
                var one = offer.AsSpan()[part].Trim();
                if (one.StartsWith(encoding, StringComparison.OrdinalIgnoreCase) && (one.Length == encoding.Length || one[encoding.Length] is ';' or ' ')
                    && !one.EndsWith("q=0", StringComparison.OrdinalIgnoreCase) && !one.EndsWith("q=0.0", StringComparison.OrdinalIgnoreCase))
                    return true;
            }
            return false;
        }

        private static byte[] Gzip(byte[] body)
        {
            using var packed = new MemoryStream();
            using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
                stream.Write(body);
            return packed.ToArray();
        }

        // The highest quality takes tenfold the time of this one for a twentieth fewer bytes; the first visitor waits for it.
        private static byte[] Brotli(byte[] body)
        {
            var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
            return BrotliEncoder.TryCompress(body, packed, out var length, quality: 7, window: 22)
                ? packed[..length]
                : throw new InvalidOperationException("The compressed page does not fit where the encoder said it would.");
        }
    }
}
