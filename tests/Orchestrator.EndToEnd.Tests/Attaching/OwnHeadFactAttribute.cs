using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Attaching;

/// <summary>A test that needs a head which it starts itself; left out where the tests are attached to somebody else's.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OwnHeadFactAttribute : FactAttribute
{
    /// <param name="because">Continues the sentence.</param>
    public OwnHeadFactAttribute(string because)
    {
        Because = because;
        if (AttachedHead.Address is not null)
        {
            Skip = $"Needs a head of its own: {because}.";
        }
    }

    public string Because { get; }
}
