namespace Orchestrator.Connectors.Settings;

/// <summary>A model that reads mails, behind a gateway that speaks the OpenAI API. The key <c>model-gateway</c> is its virtual key.</summary>
/// <param name="Address">Base address of the API, ending in <c>/v1</c>.</param>
public sealed record ModelSettings(Uri Address, string Name)
{
    private static readonly Uri None = new("https://invalid.invalid/");

    public static ModelSettings Read(SettingsSection section)
    {
        Uri? address = section.Uri("Address");
        string? name = section.Text("Name");
        if (address is null && !section.IsFaulty("Address"))
        {
            section.Fault("Address", "is missing: give the gateway's base address. Without the Model section mails are read by rules");
        }

        if (name is null)
        {
            section.Fault("Name", "is missing: name the model as the gateway knows it");
        }

        if (address is { IsLoopback: false, Scheme: not "https" })
        {
            section.Fault("Address", "must begin with https://");
        }

        return new(address ?? None, name ?? "");
    }
}
