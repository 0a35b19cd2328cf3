namespace Orchestrator.Sandbox.Tests.Stripe;

/// <summary>Where the repository lies, and the test material beside it, which may be absent.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string StripeData { get; } = Path.Combine(Root, "..", "shared", "data", "stripe");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
