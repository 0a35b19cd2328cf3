using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// What Azure Table Storage answered when it did not do what was asked, in the words of this product. The service's own text stays out of the messages.
/// Codes: learn.microsoft.com/rest/api/storageservices/table-service-error-codes.
/// </summary>
internal static class TableFailures
{
    /// <summary>Somebody else changed, added or removed a row of this transaction first; none of it was carried out.</summary>
    public static bool IsLostRace(RequestFailedException exception) =>
        exception.Status == 412 || exception.ErrorCode == "EntityAlreadyExists" || IsMissingRow(exception);

    public static bool IsMissingRow(RequestFailedException exception) =>
        exception.Status == 404 && exception.ErrorCode is "ResourceNotFound" or "EntityNotFound";

    /// <summary>Null when it is no failure of the service: a cancellation, or a bug.</summary>
    public static OutsideFailureException? Of(TableClient table, Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException failed => Answered(table, failed),
        AggregateException { InnerExceptions: [.., { } last] } => Of(table, last, cancellationToken),
        AuthenticationFailedException => new PermanentFailureException($"Azure did not give a token for storage account {table.AccountName}. Check the managed identity, or sign in with 'az login'.", "authentication_failed", inner: exception),
        IOException or HttpRequestException => Unreachable(table, exception),
        OperationCanceledException when !cancellationToken.IsCancellationRequested => Unreachable(table, exception),
        _ => null,
    };

    private static OutsideFailureException Answered(TableClient table, RequestFailedException failed)
    {
        string where = $"table '{table.Name}' of storage account {table.AccountName}";
        string? requestId = failed.GetRawResponse()?.Headers.RequestId;
        string code = string.IsNullOrEmpty(failed.ErrorCode) ? "unreachable" : failed.ErrorCode;
        return failed.Status switch
        {
            0 => Unreachable(table, failed),
            401 => new PermanentFailureException($"Storage account {table.AccountName} did not accept this identity's token. Check tenant and account.", code, requestId),
            403 when code == "AuthenticationFailed" => new PermanentFailureException($"Storage account {table.AccountName} did not accept the key or token it was given. Check the connection string or the managed identity, and this machine's clock.", code, requestId),
            403 => new PermanentFailureException($"This identity may not use {where}. Give it the role 'Storage Table Data Contributor' on that account, and check the account's network rules.", code, requestId),
            404 => new PermanentFailureException($"There is no {where}. It was there at the start: restore it, or start again to make it anew.", code, requestId),
            413 => TooLarge(where, code, requestId),
            400 when code is "PropertyValueTooLarge" or "EntityTooLarge" or "RequestBodyTooLarge" or "ContentLengthExceeded" => TooLarge(where, code, requestId),
            408 or 429 or >= 500 => new TransientFailureException($"The {where} did not take the request ({failed.Status} {code}).", code, requestId),
            _ => new PermanentFailureException($"The {where} refused the request ({failed.Status} {code}).", code, requestId),
        };
    }

    private static PermanentFailureException TooLarge(string where, string code, string? requestId) => new($"What was to be written is too large for the {where}.", code, requestId);

    private static TransientFailureException Unreachable(TableClient table, Exception exception) =>
        new($"Storage account {table.AccountName} gave no answer for table '{table.Name}'.", "unreachable", inner: exception is RequestFailedException ? null : exception);
}
