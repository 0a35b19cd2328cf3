using System.Text.Json.Nodes;
using Orchestrator.Sandbox.State;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Control;
using Orchestrator.Sandbox.Stripe.Idempotency;
using Orchestrator.Sandbox.Stripe.Keys;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>
/// What every request goes through, in Stripe's order: address, key, right, rate, idempotency key, parameters, and then the
/// operation itself. The effect, its events, its log entry and the answer under the idempotency key are one journal line.
/// </summary>
internal sealed class Pipeline(Account account, SandboxClock clock, OperationTable operations)
{
    private readonly IdempotencyRecords _idempotency = new(account);
    private readonly RateLimit _rate = new();

    public async Task HandleAsync(HttpContext http)
    {
        string requestId = Ids.New("req_");
        RequestEntry entry = new(requestId, http.Request.Method, http.Request.Path.Value ?? "/");
        Reply reply;
        try
        {
            reply = await AnswerAsync(http, entry);
        }
        catch (StripeRefusal refusal)
        {
            reply = refusal.ToReply(requestId);
        }

        lock (account.Gate)
        {
            RequestLog.Record(account, entry, reply, Now);
        }

        await WriteAsync(http, entry, reply);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private async Task<Reply> AnswerAsync(HttpContext http, RequestEntry entry)
    {
        string method = http.Request.Method == "HEAD" ? "GET" : http.Request.Method;
        var (operation, ids) = operations.Find(method, entry.Path) ?? throw new StripeRefusal(
            404,
            "invalid_request_error",
            $"Unrecognized request URL ({http.Request.Method}: {entry.Path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.")
        { Saved = false };
        Caller caller = Admit(http.Request.Headers.Authorization, operation, entry);
        string? version = http.Request.Headers["Stripe-Version"];
        ApiVersions.Check(version);
        FormNode form = await FormReader.ReadAsync(http.Request, http.RequestAborted);
        entry.IdempotencyKey = method == "POST" && http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key] ? key : null;
        if (entry.IdempotencyKey is null)
        {
            return await RunAsync(operation, ids, caller, form, entry, version, fingerprint: "");
        }

        string fingerprint = IdempotencyRecords.Fingerprint(form);
        lock (account.Gate)
        {
            if (_idempotency.Reserve(entry.IdempotencyKey, caller.Live, $"{method} {entry.Path}", fingerprint, Now) is { } saved)
            {
                return saved;
            }
        }

        try
        {
            return await RunAsync(operation, ids, caller, form, entry, version, fingerprint);
        }
        finally
        {
            lock (account.Gate)
            {
                _idempotency.Release(entry.IdempotencyKey, caller.Live);
            }
        }
    }

    private Caller Admit(string? authorization, Operation operation, RequestEntry entry)
    {
        lock (account.Gate)
        {
            long now = Now;
            Transitions.Run(account, now);
            Caller caller = ApiKeys.Authenticate(account, authorization, now);
            entry.Key = caller.Masked;
            caller.Demand(operation.Resource, operation.Writes);
            _rate.Count(Settings.Of(account).Amount("rate_limit_per_second"), now);
            return caller;
        }
    }

    private async Task<Reply> RunAsync(
        Operation operation, IReadOnlyList<string> ids, Caller caller, FormNode form, RequestEntry entry, string? version, string fingerprint)
    {
        JsonObject parameters = ParameterCheck.Check(form, ParameterTable.Instance.For(operation.Name, version));
        int think;
        lock (account.Gate)
        {
            think = (int)Settings.Of(account).Amount("think_milliseconds");
        }

        // A client that goes away meanwhile does not stop Stripe: the effect comes all the same.
        if (think > 0)
        {
            await Task.Delay(think);
        }

        lock (account.Gate)
        {
            Work work = account.Begin(Now, entry.RequestId, entry.IdempotencyKey);
            Reply reply;
            bool saved = true;
            try
            {
                reply = Execute(operation, ids, caller, parameters, work, entry.Path);
            }
            catch (StripeRefusal refusal)
            {
                reply = refusal.ToReply(entry.RequestId);
                saved = refusal.Saved;
                if (!refusal.Stands)
                {
                    work.Undo();
                }
            }

            if (entry.IdempotencyKey is not null && saved)
            {
                IdempotencyRecords.Save(work, entry.IdempotencyKey, caller.Live, $"{operation.Method} {entry.Path}", fingerprint, reply);
            }

            work.Commit();
            return reply;
        }
    }

    private Reply Execute(Operation operation, IReadOnlyList<string> ids, Caller caller, JsonObject parameters, Work work, string path)
    {
        if (caller.Live)
        {
            return Reply.Of(200, LiveMode.Answer(account, operation, path, ids, parameters));
        }

        PlannedFailure? failure = PlannedFailure.Take(work, operation.Name);
        if (failure is { Effect: false })
        {
            throw failure.Refusal();
        }

        Unplayed.Refuse(parameters);
        Expansion expansion = new(account, type => caller.Demand(Resources.OfObject(type), write: false));
        JsonObject answer = operation.Handle(new Call(work, caller, path, ids, parameters) { Reads = !operation.Writes });
        expansion.Apply(answer, parameters.Items("expand"));
        return failure is null ? Reply.Of(200, answer) : throw failure.Refusal();
    }

    private static async Task WriteAsync(HttpContext http, RequestEntry entry, Reply reply)
    {
        IHeaderDictionary headers = http.Response.Headers;
        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = "application/json";
        headers["Request-Id"] = entry.RequestId;
        headers["Stripe-Version"] = http.Request.Headers["Stripe-Version"] is [{ Length: > 0 } version] ? version : Events.EventLog.ApiVersion;
        if (entry.IdempotencyKey is not null)
        {
            headers["Idempotency-Key"] = entry.IdempotencyKey;
            headers["Original-Request"] = reply.ReplayOf ?? entry.RequestId;
        }

        if (reply.ReplayOf is not null)
        {
            headers["Idempotent-Replayed"] = "true";
        }

        if (reply.ShouldRetry is { } retry)
        {
            headers["Stripe-Should-Retry"] = retry ? "true" : "false";
        }

        if (reply.Status is 401)
        {
            headers.WWWAuthenticate = "Basic realm=\"Stripe\"";
        }

        await http.Response.WriteAsync(reply.Body, http.RequestAborted);
    }
}
