using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Two groups, and somebody who is in neither.</summary>
internal sealed class TestPolicy : IRefundPolicySource
{
    public static readonly ApprovalRequirement OneOfFinance = new([new("finance", 1)], "leads", TimeSpan.FromHours(4), TimeSpan.FromHours(24), TimeSpan.FromDays(3));

    public string? Broken { get; set; }

    public Dictionary<string, IReadOnlyList<string>> Groups { get; set; } = new()
    {
        ["finance"] = ["ana@shop.example", "ben@shop.example"],
        ["leads"] = ["lea@shop.example"],
    };

    public RefundPolicy Current() => Broken is { } why ? throw new PolicyFileException(why) : new(
        "7",
        new string('a', 64),
        Groups,
        [],
        [],
        OneOfFinance);
}
