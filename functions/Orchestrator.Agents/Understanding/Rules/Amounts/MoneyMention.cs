using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Understanding.Rules.Amounts;

/// <summary>A sum of money in a text and where it stands.</summary>
internal sealed record MoneyMention(Money Value, int Start, int End);
