using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Kyodo.App.Hosting;

/// <summary>Says that an endpoint's answer depends on what is published and on nothing else, so that it may be kept until the next release.</summary>
public sealed record KeptUntilNextRelease;

/// <summary>
/// A public page is drawn once and its bytes, compressed once, are handed out until the next release. Kept by path alone: a page may not
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
        MayBeKept(context.Request) && _kept.TryGetValue(context.Request.Path.Value!, out var page) ? SendAsync(page, context) : next(context);

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
        await SendAsync(page, context);
    }

    private Task SendAsync(KeptPage page, HttpContext context)
    {
        if (page.Prepare(context.Request.Headers.AcceptEncoding, out var form) is var grown and > 0 && _kept.TryGetValue(context.Request.Path.Value!, out var kept) && kept == page)
            Count(grown);
        return page.SendAsync(context, form);
    }

    private void Keep(string path, KeptPage page)
    {
        if (!_kept.TryAdd(path, page))
            return;
        _order.Enqueue(path);
        Count(page.Size);
    }

    private void Count(long more)
    {
        Interlocked.Add(ref _bytes, more);
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
        // Worked out once: what is sent with each of the three forms. A compressed one is made for the first who can read it: a page that few
        // look at costs its drawing alone.
        private readonly Form _identity;
        private Form? _gzip;
        private Form? _brotli;
        private readonly string _tag;
        private readonly string _type;
        private readonly StringValues _disposition;
        private readonly bool _isOpenToAll;

        public KeptPage(byte[] body, string type, StringValues disposition, bool isOpenToAll)
        {
            (_type, _disposition, _isOpenToAll) = (type, disposition, isOpenToAll);
            _tag = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
            _identity = new Form(body, default, $"\"{_tag}\"");
        }

        public long Size => _identity.Bytes.Length + (Volatile.Read(ref _gzip)?.Bytes.Length ?? 0) + (Volatile.Read(ref _brotli)?.Bytes.Length ?? 0) + 500;

        /// <summary>Has the form ready that a reader can read.</summary>
        /// <returns>How many bytes the page takes more than before.</returns>
        public long Prepare(StringValues accepted, out Form form)
        {
            var offer = accepted.ToString();
            var grown = 0L;
            form = Accepts(offer, "br") ? Made(ref _brotli, "br", Brotli, ref grown) : Accepts(offer, "gzip") ? Made(ref _gzip, "gzip", Gzip, ref grown) : _identity;
            return grown;
        }

        private Form Made(ref Form? place, string encoding, Func<byte[], byte[]> compress, ref long grown)
        {
            if (Volatile.Read(ref place) is { } ready)
                return ready;
            var made = new Form(compress(_identity.Bytes), encoding, $"\"{_tag}-{encoding}\"");
            if (Interlocked.CompareExchange(ref place, made, null) is { } earlier)
                return earlier;
            grown = made.Bytes.Length;
            return made;
        }

        public async Task SendAsync(HttpContext context, Form form)
        {
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

        public sealed record Form(byte[] Bytes, StringValues Encoding, StringValues Tag);

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
