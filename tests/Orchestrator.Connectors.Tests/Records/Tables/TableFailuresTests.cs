using Azure.Data.Tables;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Records.Tables;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>What the emulator never answers, answered by a server that does.</summary>
public sealed class TableFailuresTests
{
    [Fact]
    public async Task Open_IdentityWithoutRole_SaysWhichRoleItNeeds()
    {
        PermanentFailureException refused = await OpenAsync<PermanentFailureException>(403, "AuthorizationPermissionMismatch");

        Assert.Contains("'Storage Table Data Contributor'", refused.Message, StringComparison.Ordinal);
        Assert.Equal("AuthorizationPermissionMismatch", refused.Code);
        Assert.Equal("request-1", refused.RequestId);
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(429, "TooManyRequests")]
    public async Task Open_ServiceThrottlesOrFails_IsTransient(int status, string code) =>
        Assert.Equal(code, (await OpenAsync<TransientFailureException>(status, code)).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Open_NobodyThere_IsTransient(int retries) => await OpenAsync<TransientFailureException>(WireServer.NobodyThere(), retries);

    private static async Task<T> OpenAsync<T>(int status, string code)
        where T : OutsideFailureException
    {
        await using WireServer service = await WireServer.StartAsync(
            status,
            """{"odata.error":{"code":"<code>","message":{"lang":"en-US","value":"words of the service"}}}""".Replace("<code>", code, StringComparison.Ordinal),
            ("x-ms-request-id", "request-1"),
            ("x-ms-error-code", code));
        T failure = await OpenAsync<T>(service.Address, retries: 0);
        Assert.DoesNotContain("words of the service", failure.ToString(), StringComparison.Ordinal);
        return failure;
    }

    private static async Task<T> OpenAsync<T>(Uri address, int retries)
        where T : OutsideFailureException
    {
        string key = Convert.ToBase64String(new byte[64]);
        var options = new TableClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1) } };
        var client = new TableServiceClient($"DefaultEndpointsProtocol=http;AccountName=account;AccountKey={key};TableEndpoint={address}account;", options);
        T failure = await Assert.ThrowsAsync<T>(() => TableRecords.OpenAsync(client, TimeProvider.System, default));
        Assert.DoesNotContain(key, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
