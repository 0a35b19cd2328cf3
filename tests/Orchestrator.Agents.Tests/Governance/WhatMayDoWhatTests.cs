using System.Text;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Tests.Governance;

/// <summary>The table of what may do what, as a reviewer reads it: a change of rights shows in a diff of one file.</summary>
public sealed class WhatMayDoWhatTests
{
    private static readonly string Golden = Path.Combine(Repository(), "tests", "Golden", "what-may-do-what.txt");

    [Fact]
    public void Table_OfActivitiesKeysAndRights_IsTheGoldenOne()
    {
        string table = Table();
        Assert.True(File.Exists(Golden) && File.ReadAllText(Golden) == table, $"What may do what is now:\n{table}\nIf that is meant, write it to tests/Golden/what-may-do-what.txt.");
    }

    [Fact]
    public void KeyThatIsNotDeclared_IsRefusedByName()
    {
        foreach (string name in new[] { "stripe-payout", "STRIPE-READ", "stripe-read ", "" })
        {
            PermanentFailureException refused = Assert.Throws<PermanentFailureException>(() => KeyDefinition.Of(name));
            Assert.Contains($"no key '{name}'", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Activities_ThatChangeTheWorld_HoldAKeyForWritingAndTheOthersNone() => Assert.All(
        KeyDeclarations.All,
        one => Assert.Equal(one.Tools.Any(Tools.ThatChangeTheWorld.Contains), KeyDefinition.Of(one.Key).Use == KeyUse.Write));

    private static string Table()
    {
        var text = new StringBuilder();
        foreach (KeyDefinition key in KeyDefinition.All)
        {
            text.Append(key.Name).Append(" (").Append(key.Provider).Append(", ").Append(key.Use).Append(')');
            text.Append(key.Rights.Count == 0 ? "" : ": " + string.Join(", ", key.Rights)).Append('\n');
            foreach (KeyDeclaration activity in KeyDeclarations.All.Where(one => one.Key == key.Name))
            {
                text.Append("    ").Append(activity.Activity).Append(": ").AppendJoin(", ", activity.Tools).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
