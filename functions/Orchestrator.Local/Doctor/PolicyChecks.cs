using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Connectors.Policy;

namespace Orchestrator.Local.Doctor;

/// <summary>Whether the refund policy can be read, and what it switches on.</summary>
internal static class PolicyChecks
{
    public static Finding Run(string file)
    {
        if (!File.Exists(file))
        {
            return Finding.Note("policy", $"There is no {file} yet.", "The first start writes the default policy there.");
        }

        try
        {
            RefundPolicy policy = new PolicyFile(file).Current();
            string says = $"{file}: version {policy.Version}, {policy.Rules.Count} rules, groups {string.Join(", ", policy.Groups.Keys)}.";
            if (policy.AutomaticRules.Count > 0)
            {
                return Finding.Note("policy", $"{says} These rules refund without a person: {string.Join(", ", policy.AutomaticRules)}.");
            }

            return policy.Groups.Values.Any(members => members.Any(member => member.EndsWith("@example.com", StringComparison.Ordinal)))
                ? Finding.Note("policy", $"{says} It still names people of example.com.", "Write your own people's sign-in addresses under groups.")
                : Finding.Good("policy", says);
        }
        catch (PolicyFileException wrong)
        {
            return Finding.Wrong("policy", wrong.Message, $"Mend {file}; decisions wait until then.");
        }
    }
}
