using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Models;

/// <summary>A model behind an OpenAI-compatible gateway. The virtual key is the key <c>model-gateway</c>.</summary>
public sealed record ModelOptions
{
    /// <param name="baseAddress">With the version in it: <c>https://gateway.example.com/v1</c>.</param>
    /// <param name="model">As the gateway names it.</param>
    /// <param name="leastConfidence">Below it a person reads; default 0.8.</param>
    /// <exception cref="SettingsException">Says which setting is wrong.</exception>
    public ModelOptions(Uri? baseAddress, string? model, double leastConfidence = 0.8, TimeSpan? timeout = null)
    {
        BaseAddress = Checked.Address(baseAddress, "Model:BaseAddress");
        Model = Checked.Text(model, "Model:Name");
        LeastConfidence = leastConfidence is > 0 and <= 1 ? leastConfidence : throw new SettingsException("'Model:LeastConfidence' must be more than 0 and at most 1.");
        Timeout = Checked.Time(timeout ?? TimeSpan.FromSeconds(30), "Model:Timeout");
    }

    public Uri BaseAddress { get; }

    public string Model { get; }

    public double LeastConfidence { get; }

    public TimeSpan Timeout { get; }
}
