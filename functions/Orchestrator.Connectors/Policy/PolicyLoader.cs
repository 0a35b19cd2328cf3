using System.Security.Cryptography;
using System.Text;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Refunds.Policy;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Connectors.Policy;

/// <summary>Reads <c>refund-policy.yaml</c>. Strict: an unknown key, group or rule name is an error with its line, because a typing error in a policy moves money.</summary>
public static class PolicyLoader
{
    /// <param name="file">The name for messages.</param>
    /// <exception cref="PolicyFileException">Says file, line and rule.</exception>
    public static RefundPolicy Load(string file, ReadOnlySpan<byte> bytes)
    {
        PolicyNode root = Root(file, bytes);
        string version = root.Need("version").Text();
        IReadOnlyDictionary<string, IReadOnlyList<string>> groups = Groups(root.Need("groups"));
        ApprovalRequirement replies = PolicyRequirement.Read(root.Need("replies"), groups);
        IReadOnlyList<PolicyRule> rules = Rules(root.Need("rules"), groups);
        IReadOnlyList<string> automatic = AutomaticRules(root.Find("automatic-approval"), rules);
        root.NothingElse();
        return new(version, Convert.ToHexStringLower(SHA256.HashData(bytes)), groups, rules, automatic, replies);
    }

    private static PolicyNode Root(string file, ReadOnlySpan<byte> bytes)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\ufeff')));
        }
        catch (YamlException exception)
        {
            throw new PolicyFileException($"{file}, line {exception.Start.Line}: this is not readable as YAML: {exception.Message}", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new PolicyFileException($"{file}: the file is not UTF-8 text.", exception);
        }

        return stream.Documents.Count == 1
            ? new(file, stream.Documents[0].RootNode, rule: null, name: "")
            : throw new PolicyFileException($"{file}, line 1: the file must hold one policy; it holds {stream.Documents.Count}.");
    }

    private static Dictionary<string, IReadOnlyList<string>> Groups(PolicyNode node)
    {
        Dictionary<string, IReadOnlyList<string>> groups = [];
        foreach ((string name, PolicyNode members) in node.Entries())
        {
            List<string> ids = [];
            foreach (PolicyNode member in members.List())
            {
                string id = member.Text().ToLowerInvariant();
                if (id.StartsWith("agent", StringComparison.Ordinal))
                {
                    throw member.Wrong($"'{id}' can't be in group '{name}': sign-in ids that begin with 'agent' are never approvers.");
                }

                if (ids.Contains(id))
                {
                    throw member.Wrong($"'{id}' stands twice in group '{name}'.");
                }

                ids.Add(id);
            }

            groups[name] = ids.Count > 0 ? ids : throw members.Wrong($"group '{name}' has no members.");
        }

        return groups.Count > 0 ? groups : throw node.Wrong("there is no group of approvers.");
    }

    private static List<PolicyRule> Rules(PolicyNode node, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        List<PolicyRule> rules = [];
        foreach (PolicyNode item in node.List())
        {
            string name = item.Need("name").Text();
            PolicyNode rule = item.Within(name);
            if (rules.Any(other => other.Name == name))
            {
                throw rule.Wrong("a rule of this name stands above already.");
            }

            if (rules.LastOrDefault() is { When.Count: 0 } always)
            {
                throw rule.Wrong($"it is never reached: rule '{always.Name}' above it has no condition and always decides.");
            }

            rule.Need("name");
            rules.Add(new(name, PolicyConditions.Read(rule.Find("when")), PolicyOutcomes.Read(rule.Need("then"), groups)));
            rule.NothingElse();
        }

        return rules.Count > 0 ? rules : throw node.Wrong("there is no rule.");
    }

    /// <summary><c>off</c>, or the names of the rules that may refund without a person.</summary>
    private static List<string> AutomaticRules(PolicyNode? node, IReadOnlyList<PolicyRule> rules)
    {
        if (node is null || (!node.IsList && !node.IsMap && node.Text() == "off"))
        {
            return [];
        }

        if (!node.IsList)
        {
            throw node.Wrong("'automatic-approval' must be off, or a list of rule names: it is switched on rule by rule.");
        }

        List<string> names = [];
        foreach (PolicyNode item in node.List())
        {
            string name = item.Text();
            PolicyRule? rule = rules.FirstOrDefault(rule => rule.Name == name);
            names.Add(rule switch
            {
                null => throw item.Wrong($"'automatic-approval' names rule '{name}', but there is no rule of that name."),
                { Then: PolicyOutcome.Automatic } => name,
                _ => throw item.Wrong($"'automatic-approval' names rule '{name}', but that rule's outcome is not 'automatic: true'."),
            });
        }

        return names;
    }
}
