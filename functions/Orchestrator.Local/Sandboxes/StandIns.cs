using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.State;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Local.Sandboxes;

/// <summary>The stand-ins for what the settings leave unreal: started here on remembered ports, or found in a process of their own.</summary>
internal sealed class StandIns : IAsyncDisposable
{
    private readonly SandboxHost? _host;

    private StandIns(SandboxFile file, SandboxHost? host, bool isNew) => (File, _host, IsNew) = (file, host, isNew);

    public SandboxFile File { get; }

    /// <summary>Nothing was known to the sandbox before.</summary>
    public bool IsNew { get; }

    public static async Task<StandIns> StartAsync(SharedSettings settings, StateFolder folder, RememberedPorts ports, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!settings.UsesSandbox)
        {
            return new(SandboxFile.None, null, isNew: false);
        }

        if (settings.Sandbox.AddressFile is { } path)
        {
            return new(SandboxFile.Read(path), null, isNew: false);
        }

        bool isNew = !System.IO.File.Exists(folder.SandboxFilled);
        int? Port(object? real, string name, int wanted) => real is null ? ports.Take(name, wanted) : null;
        try
        {
            SandboxHost host = await SandboxHost.StartAsync(
                new SandboxOptions
                {
                    StateFolder = folder.Sandbox,
                    StripePort = Port(settings.Stripe, "stripe", 7311),
                    VaultPort = ports.Take("vault", 7312),
                    MailPort = Port(settings.Mail, "mail", 7313),
                    TeamsPort = Port(settings.Teams, "teams", 7314),
                    GraphPort = Port(settings.Mailbox, "graph", 7315),
                },
                clock,
                cancellationToken);
            return new(StandInAddresses.From(host.Addresses), host, isNew);
        }
        catch (IOException refused)
        {
            throw new LocalException("The sandbox did not start: " + refused.Message, refused);
        }
    }

    /// <summary>Gives new stand-ins their keys, and something to refund.</summary>
    /// <param name="webhookUrl">Where the Stripe stand-in is to send its events.</param>
    public async Task FurnishAsync(StateFolder folder, SharedSettings settings, Uri webhookUrl, CancellationToken cancellationToken)
    {
        if (!settings.UsesSandbox)
        {
            return;
        }

        StandInAddresses.Write(File, folder.SandboxAddresses);
        Task seeding = IsNew && settings.Sandbox.Seed && File.Stripe is { } stripe ? Seed.PlantAsync(stripe.Address, cancellationToken) : Task.CompletedTask;
        await Task.WhenAll(seeding, FillAsync(folder, webhookUrl, cancellationToken));
    }

    /// <summary>Once for each set of addresses.</summary>
    private async Task FillAsync(StateFolder folder, Uri webhookUrl, CancellationToken cancellationToken)
    {
        string mark = $"{File.Vault?.Address} {File.Stripe?.Address} {File.Mail?.Address} {File.Teams?.Webhook.GetLeftPart(UriPartial.Path)} {File.Graph?.Address} {webhookUrl}";
        if (PrivateFile.ReadOrNull(folder.SandboxFilled) != mark)
        {
            await SandboxKeys.FillAsync(File, webhookUrl, cancellationToken);
            PrivateFile.Write(folder.SandboxFilled, mark);
        }
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
