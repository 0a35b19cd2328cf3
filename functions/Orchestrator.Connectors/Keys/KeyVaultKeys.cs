using System.Net.Security;
using System.Security.Cryptography;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Keys;

/// <summary>
/// Keys from Azure Key Vault, asked anew each time and kept nowhere, so that a rotation or a withdrawal counts from the next activity on.
/// The vault hands out expired and not yet valid secrets (learn.microsoft.com/azure/key-vault/secrets/about-secrets); they are refused here.
/// </summary>
public sealed class KeyVaultKeys : IKeyVault, IDisposable
{
    private readonly HttpClient _http;
    private readonly SecretClient _secrets;
    private readonly KeyVaultOptions _options;
    private readonly TimeProvider _clock;

    /// <param name="credential"><c>DefaultAzureCredential</c> or a managed identity for a real vault.</param>
    public KeyVaultKeys(KeyVaultOptions options, TokenCredential credential, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _http = new HttpClient(Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new SecretClientOptions
        {
            Transport = new HttpClientTransport(_http),
            // The challenge names vault.azure.net, which is not the host of a vault on loopback; for a real vault the check stays on.
            DisableChallengeResourceVerification = options.Address.IsLoopback,
        };
        // The orchestration retries, and records that it did.
        client.Retry.MaxRetries = 0;
        client.Retry.NetworkTimeout = options.Timeout;
        client.Diagnostics.IsLoggingContentEnabled = false;
        _secrets = new SecretClient(options.Address, credential, client);
    }

    public async Task<KeyLease> GetKeyAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout * 2);
        try
        {
            KeyVaultSecret secret = await _secrets.GetSecretAsync(name, cancellationToken: limit.Token);
            if (string.IsNullOrEmpty(secret.Value) || string.IsNullOrEmpty(secret.Properties.Version))
            {
                throw Nonsense(name, null);
            }

            KeyValidity.Check(name, secret.Properties.Version, secret.Properties.Enabled ?? true, secret.Properties.NotBefore, secret.Properties.ExpiresOn, _clock.GetUtcNow());
            return new(name, secret.Properties.Version, secret.Value);
        }
        catch (RequestFailedException exception)
        {
            throw Failure(name, exception);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new PermanentFailureException($"Azure did not give a token for Key Vault {_options.Address.Host} (key '{name}'). Check the managed identity, or sign in with 'az login'.", "authentication_failed", inner: exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TransientFailureException($"Key Vault {_options.Address.Host} did not answer when key '{name}' was asked for.", "unreachable", inner: exception);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutsideFailureException))
        {
            // The client reads whatever answers with 200 as a secret: a login page of a proxy, half an answer, another service.
            throw Nonsense(name, exception.GetType().Name);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The exception itself stays here: it may hold what was answered.</summary>
    private TransientFailureException Nonsense(string name, string? how) => new(
        $"What answers at {_options.Address.Host} gave no secret when key '{name}' was asked for{(how is null ? "" : $" ({how})")}. Check KeyVault:Address and what stands between.", "no_vault");

    private OutsideFailureException Failure(string name, RequestFailedException exception)
    {
        string vault = _options.Address.Host;
        string? requestId = exception.GetRawResponse()?.Headers.RequestId;
        return exception.Status switch
        {
            404 => new PermanentFailureException($"Key Vault {vault} has no secret '{name}'. Create it{(_options.Address.IsLoopback ? "" : $": az keyvault secret set --vault-name {vault.Split('.')[0]} --name {name} --file <file with the value>")}.", "SecretNotFound", requestId),
            403 when exception.Message.Contains("disabled", StringComparison.OrdinalIgnoreCase) => KeyValidity.Disabled(name, "newest version"),
            403 => new PermanentFailureException($"This identity may not read secret '{name}' in Key Vault {vault}. Give it the role 'Key Vault Secrets User' on that secret.", "Forbidden", requestId),
            401 => new PermanentFailureException($"Key Vault {vault} did not accept this identity's token (key '{name}'). Check tenant and vault.", "Unauthorized", requestId),
            0 when exception.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new PermanentFailureException($"The certificate of Key Vault {vault} is not the one that is trusted. Check KeyVault:Address and its pinned certificate; no key was sent or received.", "untrusted_certificate"),
            0 or 408 or 429 or >= 500 => new TransientFailureException($"Key Vault {vault} did not answer when key '{name}' was asked for ({exception.Status}).", exception.ErrorCode ?? "unreachable", requestId),
            _ => new PermanentFailureException($"Key Vault {vault} refused key '{name}' ({exception.Status} {exception.ErrorCode}).", exception.ErrorCode, requestId),
        };
    }

    private static SocketsHttpHandler Handler(KeyVaultOptions options)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !options.Address.IsLoopback, ConnectTimeout = options.Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (options.Pinned is { } trusted)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is not null
                && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0
                && CryptographicOperations.FixedTimeEquals(certificate.GetRawCertData(), trusted.RawData);
        }

        return handler;
    }
}
