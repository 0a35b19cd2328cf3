using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Sandbox.Tests.Hosting;

public sealed class SandboxHostTests
{
    [Fact]
    public async Task StartAsync_Everything_TellsWhereEachServiceIsOnLoopback()
    {
        await using var sandbox = await RunningSandbox.StartAsync(SandboxOptions.Everything(null));

        Assert.All(
            new[] { sandbox.At.Vault!.Address, sandbox.At.Mail!.Address, sandbox.At.Teams!.Address, sandbox.At.Models!.Address, sandbox.At.Graph!.Address },
            address => Assert.Equal("127.0.0.1", address.Host));
        Assert.Equal("127.0.0.1", sandbox.At.Smtp!.Host);
        Assert.Equal(HttpStatusCode.OK, (await sandbox.Client.GetAsync(sandbox.At.Mail.Address)).StatusCode);
    }

    [Fact]
    public async Task StartAsync_OneServiceNamed_LeavesTheOthersOut()
    {
        await using var sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0 });

        Assert.NotNull(sandbox.At.Mail);
        Assert.Null(sandbox.At.Vault);
        Assert.Null(sandbox.At.Graph);
        Assert.Null(sandbox.At.Smtp);
    }

    [Fact]
    public async Task StartAsync_PortTaken_NamesTheServiceAndThePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var mail = await Assert.ThrowsAsync<IOException>(() => RunningSandbox.StartAsync(new SandboxOptions { MailPort = port, TeamsPort = 0 }));
        var smtp = await Assert.ThrowsAsync<IOException>(() => RunningSandbox.StartAsync(new SandboxOptions { SmtpPort = port }));

        Assert.Contains($"mail stand-in cannot listen on 127.0.0.1:{port}", mail.Message, StringComparison.Ordinal);
        Assert.Contains($"smtp stand-in cannot listen on 127.0.0.1:{port}", smtp.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_AfterOneThatFailed_FindsItsFilesFree()
    {
        string folder = RunningSandbox.NewFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var options = SandboxOptions.Everything(folder);
        await Assert.ThrowsAsync<IOException>(() => RunningSandbox.StartAsync(options with { GraphPort = ((IPEndPoint)taken.LocalEndpoint).Port }));

        await using (var sandbox = await RunningSandbox.StartAsync(options))
        {
            var second = await Assert.ThrowsAsync<IOException>(() => RunningSandbox.StartAsync(options));
            Assert.Contains(folder, second.Message, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Origin", "https://attacker.example")]
    public async Task Request_FromAForeignPageOrHost_IsRefused(string header, string value)
    {
        await using var sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0 });
        using var request = new HttpRequestMessage(HttpMethod.Get, sandbox.At.Mail!.Address);
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await sandbox.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Restart_OnTheSameFolder_KeepsCredentialsAndTellsNobodyElse()
    {
        string folder = RunningSandbox.NewFolder();
        SandboxAddresses first;
        await using (var sandbox = await RunningSandbox.StartAsync(SandboxOptions.Everything(folder)))
        {
            first = sandbox.At;
        }

        await using var again = await RunningSandbox.StartAsync(SandboxOptions.Everything(folder));

        Assert.Equal(first.Vault!.Token, again.At.Vault!.Token);
        Assert.Equal(first.Vault.Certificate, again.At.Vault.Certificate);
        Assert.Equal(first.Mail!.AccessKey, again.At.Mail!.AccessKey);
        Assert.Equal(first.Teams!.Webhook.PathAndQuery, again.At.Teams!.Webhook.PathAndQuery);
        Assert.Equal(first.Graph!.TenantId, again.At.Graph!.TenantId);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in Directory.GetFiles(folder))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Dispose_WithARequestStillWaiting_CutsItOffAndReturns()
    {
        var sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0 });
        await sandbox.PostAsync(sandbox.At.Mail!.Address, "/_sandbox/faults", new JsonObject { ["kind"] = "latency", ["milliseconds"] = 600_000 });
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var waiting = client.GetAsync(sandbox.At.Mail.Address);
        await WaitForHitAsync(sandbox);

        await sandbox.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
    }

    private static async Task WaitForHitAsync(RunningSandbox sandbox)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await sandbox.GetAsync(sandbox.At.Mail!.Address, "/_sandbox/faults"))["rules"]![0]!["hits"]!.GetValue<int>() == 0)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Addresses_AsText_LeaveTheCredentialsOut()
    {
        await using var sandbox = await RunningSandbox.StartAsync(SandboxOptions.Everything(null));

        string text = sandbox.At.ToString();

        Assert.All(
            new[] { sandbox.At.Vault!.Token, sandbox.At.Mail!.AccessKey, sandbox.At.Smtp!.Password, "sig=", sandbox.At.Models!.Key, sandbox.At.Graph!.Token },
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }
}
