using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance;

/// <summary>Orchestrators that wait.</summary>
internal static class Waits
{
    /// <summary>Waits for the event that its input names; gives its payload.</summary>
    public sealed class ForOne : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => context.WaitForExternalEvent<string>(input);
    }

    /// <summary>Waits for "first", then for "second"; gives both payloads.</summary>
    public sealed class ForTwoOneAfterTheOther : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input) =>
            await context.WaitForExternalEvent<string>("first") + " " + await context.WaitForExternalEvent<string>("second");
    }

    /// <summary>Waits for "go" for as many milliseconds as its input says; gives the payload or "timeout", by way of an activity.</summary>
    public sealed class ForAnEventOrATimeout : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            string winner;
            try
            {
                winner = await context.WaitForExternalEvent<string>("go", TimeSpan.FromMilliseconds(Number.Parse(input)));
            }
            catch (TaskCanceledException)
            {
                winner = "timeout";
            }

            return await context.CallActivityAsync(Activities.Return, winner);
        }
    }

    /// <summary>Waits for "go" until a second has passed, publishes that it did, and waits for it again.</summary>
    public sealed class AgainAfterATimeout : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            try
            {
                return await context.WaitForExternalEvent<string>("go", TimeSpan.FromSeconds(1));
            }
            catch (TaskCanceledException)
            {
                context.SetCustomStatus(new Dictionary<string, string> { ["phase"] = "waits again" });
                return "later: " + await context.WaitForExternalEvent<string>("go");
            }
        }
    }

    /// <summary>Waits twice at a time for one name, which is refused.</summary>
    public sealed class TwiceForOneName : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            Task<string> first = context.WaitForExternalEvent<string>("go");
            try
            {
                await context.WaitForExternalEvent<string>("GO");
                return "accepted";
            }
            catch (InvalidOperationException)
            {
                return "refused, then " + await first;
            }
        }
    }

    /// <summary>A durable timer of so many milliseconds, and one that is cancelled.</summary>
    public sealed class ForATimer : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            DateTimeOffset began = context.CurrentUtcDateTime;
            using CancellationTokenSource cancel = new();
            Task never = context.CreateTimer(began.AddDays(400), cancel.Token);
            await context.CreateTimer(began.AddMilliseconds(Number.Parse(input)));
#pragma warning disable CA1849 // CancelAsync would leave the orchestration's own thread.
            cancel.Cancel();
#pragma warning restore CA1849
            try
            {
                await never;
                return "not cancelled";
            }
            catch (TaskCanceledException)
            {
                return context.CurrentUtcDateTime >= began ? "fired" : "time went back";
            }
        }
    }

    /// <summary>Takes an event a run and continues as new with all it took; gives them when one is "stop".</summary>
    public sealed class ForEverAnew : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            string next = await context.WaitForExternalEvent<string>("next");
            if (next == "stop")
            {
                return input;
            }

            context.ContinueAsNew(input + next);
            return "";
        }
    }

    /// <summary>Publishes its input's words as business ids, waits for "go", and publishes the payload as well.</summary>
    public sealed class WithAStatus : IOrchestrator<string, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            string[] ids = input.Split(' ');
            Publish("waiting", ids);
            string late = await context.WaitForExternalEvent<string>("go");
            Publish("done", [.. ids, late]);
            return late;

            void Publish(string phase, string[] known) => context.SetCustomStatus(new Dictionary<string, object> { ["phase"] = phase, [CustomStatusSearch.BusinessIds] = known });
        }
    }
}
