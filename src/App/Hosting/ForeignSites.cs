using System.Net;
using System.Net.Sockets;
using Kyodo.Common;
using Kyodo.Federation;

namespace Kyodo.App.Hosting;

/// <summary>
/// Reads what other governments have published from their sites. Whoever may enter an address must not be able to look into this network with it:
/// names that lead to private addresses are refused where the connection is made, redirections are not followed, and nothing is read beyond
/// its limit. A network of governments that uses private addresses (LGWAN) says <c>Federation:AllowPrivateAddresses</c>.
/// </summary>
public sealed class ForeignSites : IDisposable
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    private readonly bool _allowPrivate;
    private readonly HttpClient _client;

    public ForeignSites(IConfiguration configuration)
    {
        _allowPrivate = configuration.GetValue<bool>("Federation:AllowPrivateAddresses");
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = _allowPrivate,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = ConnectAsync,
        })
        { Timeout = TimeSpan.FromMinutes(5) };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("Kyodo");
    }

    public ReadForeign Below(string site) => (path, most, stop) => ReadAsync(new Uri($"{site}/{path}"), most, stop);

    public static bool IsPrivate(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is var plain && Private.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));

    public void Dispose() => _client.Dispose();

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Uri address, int most, CancellationToken stop)
    {
        try
        {
            using var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
            if (!answer.IsSuccessStatusCode)
                throw new Refusal($"{address} は {(int)answer.StatusCode} と答えました。所在を確かめてください。");
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            using var read = new MemoryStream();
            var part = new byte[1 << 16];
            for (int count; (count = await body.ReadAsync(part, stop)) > 0;)
            {
                if (read.Length + count > most)
                    throw new Refusal($"{address} は大きすぎます（{most:N0}バイトまで）。");
                read.Write(part, 0, count);
            }
            return read.ToArray();
        }
        catch (HttpRequestException failed)
        {
            throw failed.InnerException as Refusal ?? new Refusal($"{address} につながりません。所在を確かめるか、しばらくしてからやり直してください。");
        }
        catch (Exception failed) when (failed is IOException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            throw new Refusal($"{address} の読み取りが途中で切れました。しばらくしてからやり直してください。");
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        if (!_allowPrivate && addresses.Any(IsPrivate))
            throw new Refusal($"「{context.DnsEndPoint.Host}」は庁内のネットワークを指しています。公表サイトの所在ではありません（庁内の網で使うときは、運用者が Federation:AllowPrivateAddresses を設定します）。");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
