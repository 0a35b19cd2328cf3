using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Torture.Simulation;

/// <summary>What a caller does who was not answered: wait for the next process and ask again.</summary>
internal sealed class Insistence(Func<Task<SimulatedProcess>> up, SimulatedClock clock, Action answered)
{
    public async Task<T> AskAsync<T>(Func<IOrchestrationClient, Task<T>> ask)
    {
        while (true)
        {
            SimulatedProcess process = await up();
            try
            {
                T answer = await ask(process.Client);
                if (process.IsAlive)
                {
                    answered();
                    return answer;
                }
            }
            catch (TaskHubFullException) when (process.IsAlive)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), clock);
                continue;
            }
            catch (Exception unknown) when (!process.IsAlive || process.HasStopped || unknown is TaskHubStoppedException)
            {
                // Whether it was done nobody knows.
            }

            await process.Gone;
        }
    }

    /// <param name="doneBefore">A refusal that only says that an earlier asking had its effect, or that it is too late.</param>
    public async Task TellAsync(Func<IOrchestrationClient, Task> tell, Func<Exception, bool> doneBefore)
    {
        await AskAsync(async client =>
        {
            try
            {
                await tell(client);
            }
            catch (Exception refusal) when (refusal is DurabilityException or InvalidOperationException && doneBefore(refusal))
            {
                return false;
            }

            return true;
        });
    }
}
