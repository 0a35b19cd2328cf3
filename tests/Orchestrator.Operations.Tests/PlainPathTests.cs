namespace Orchestrator.Operations.Tests;

public sealed class PlainPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/approvals/case-0a1b-r1?return=/a//b/../c")]
    [InlineData("/audit/2026-11-27T10:00:00+02:00")]
    [InlineData("http://host.example/api/cases/case-1")]
    [InlineData("http://host.example")]
    [InlineData("/cases/m%C3%BCller%20and%20sons")]
    [InlineData(null)]
    public void IsPlain_OneReading_Passes(string? target) => Assert.True(PlainPaths.IsPlain(target));

    [Theory]
    [InlineData("//api/cases")]
    [InlineData("/health/../api/cases")]
    [InlineData("/health/./x")]
    [InlineData("/health/..")]
    [InlineData("/health/%2e%2E/api/cases")]
    [InlineData("/health/%252e%252e/api/cases")]
    [InlineData("/health%2fapi")]
    [InlineData("/health%5C..%5Capi")]
    [InlineData("/health\\api")]
    [InlineData("/cases/x%00")]
    [InlineData("http://host.example/health/../api/cases")]
    [InlineData("http://host.example//api/cases")]
    public void IsPlain_SeveralReadings_IsRefused(string target) => Assert.False(PlainPaths.IsPlain(target));

    [Fact]
    public async Task Request_ThatNormalisesIntoAnotherRoute_IsRefusedBeforeAnythingReadsIt()
    {
        await using Hosting.Surface surface = await Hosting.Surface.StartAsync();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(surface.Address.Host, surface.Address.Port);
        await using System.Net.Sockets.NetworkStream stream = socket.GetStream();
        await stream.WriteAsync("GET /assets/../health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync());
    }
}
