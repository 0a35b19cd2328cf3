using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Connectors.Tests.Wire;

/// <summary>The other side of the wire: Kestrel on a free loopback port, answering as a test says and keeping what it was asked.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WireServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<WireRequest> Requests { get; } = [];

    public WireRequest Only => Assert.Single(Requests);

    public static async Task<WireServer> StartAsync(Func<HttpContext, WireRequest, Task> answer, X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var server = new WireServer(builder.Build());
        server._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var request = new WireRequest(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync());
            server.Requests.Enqueue(request);
            await answer(context, request);
        });
        await server._app.StartAsync();
        server.Address = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>Answers every request with the same status and JSON.</summary>
    public static Task<WireServer> StartAsync(int status, string body, params (string Name, string Value)[] headers) => StartAsync((context, _) => AnswerAsync(context, status, body, headers));

    public static async Task AnswerAsync(HttpContext context, int status, string body, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach ((string name, string value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body);
    }

    /// <summary>A loopback port on which nothing listens.</summary>
    public static Uri NobodyThere()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)socket.LocalEndpoint).Port}");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record WireRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The path without its query.</summary>
    public string Route => Path.Split('?')[0];

    /// <summary>The query's fields, in no order.</summary>
    public IReadOnlyDictionary<string, string> Query => Fields(Path.Contains('?', StringComparison.Ordinal) ? Path.Split('?', 2)[1] : "");

    /// <summary>The fields of a form-encoded body.</summary>
    public IReadOnlyDictionary<string, string> Form => Fields(Body);

    private static Dictionary<string, string> Fields(string encoded) => encoded.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => System.Net.WebUtility.UrlDecode(pair[0]), pair => System.Net.WebUtility.UrlDecode(pair[1]));
}
