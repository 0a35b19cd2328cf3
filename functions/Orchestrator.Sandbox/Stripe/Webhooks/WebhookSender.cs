using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Sandbox.Stripe.Webhooks;

/// <summary>Posts to webhook endpoints, and to loopback only: whatever address a test registers, nothing leaves the machine.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectCallback = ConnectAsync })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public async Task<bool> SendAsync(string url, string body, string signature, CancellationToken cancellation)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = content };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failed) when (failed is HttpRequestException || (failed is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        string host = context.DnsEndPoint.Host;
        IPAddress address = IPAddress.TryParse(host, out IPAddress? given) ? given
            : host is "localhost" ? IPAddress.Loopback
            : throw new HttpRequestException($"The sandbox delivers webhooks to loopback only, not to {host}.");
        if (!IPAddress.IsLoopback(address))
        {
            throw new HttpRequestException($"The sandbox delivers webhooks to loopback only, not to {host}.");
        }

        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
