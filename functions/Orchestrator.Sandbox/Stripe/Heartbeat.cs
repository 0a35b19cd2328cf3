using Orchestrator.Sandbox.State;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Webhooks;

namespace Orchestrator.Sandbox.Stripe;

/// <summary>Lets time pass without anybody asking: what is due happens, and webhooks leave.</summary>
internal sealed class Heartbeat : IDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly Account _account;
    private readonly SandboxClock _clock;
    private readonly WebhookSender _sender = new();
    private readonly Task _beating;

    public Heartbeat(Account account, SandboxClock clock)
    {
        _account = account;
        _clock = clock;
        _beating = Task.WhenAll(
            Task.Run(() => RepeatAsync(PassTimeAsync)),
            Task.Run(() => RepeatAsync(() => Deliveries.SendDueAsync(_account, _clock, _sender, _stop.Token))));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _beating.GetAwaiter().GetResult();
        _sender.Dispose();
        _stop.Dispose();
    }

    private Task PassTimeAsync()
    {
        lock (_account.Gate)
        {
            Transitions.Run(_account, _clock.GetUtcNow().ToUnixTimeSeconds());
        }

        return Task.CompletedTask;
    }

    private async Task RepeatAsync(Func<Task> act)
    {
        using PeriodicTimer timer = new(Pulse);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await act();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }
}
