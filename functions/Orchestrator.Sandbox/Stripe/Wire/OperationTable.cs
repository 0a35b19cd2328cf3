namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>Finds the operation a request means; a literal step (<c>search</c>) goes before an id.</summary>
internal sealed class OperationTable(IReadOnlyList<Operation> operations)
{
    private readonly (Operation Operation, string[] Steps)[] _entries =
        [.. operations.Select(operation => (operation, Steps(operation.Template))).OrderBy(entry => entry.Item2.Count(step => step == "{id}"))];

    public IReadOnlyList<Operation> Operations => operations;

    public (Operation Operation, IReadOnlyList<string> Ids)? Find(string method, string path)
    {
        string[] steps = Steps(path);
        foreach (var (operation, template) in _entries)
        {
            if (operation.Method == method && template.Length == steps.Length && Matches(template, steps))
            {
                return (operation, [.. steps.Where((_, i) => template[i] == "{id}").Select(Uri.UnescapeDataString)]);
            }
        }

        return null;
    }

    private static bool Matches(string[] template, string[] steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            if (template[i] != steps[i] && template[i] != "{id}")
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Steps(string path) => path.Trim('/').Split('/');
}
