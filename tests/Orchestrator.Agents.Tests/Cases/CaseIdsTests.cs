using Orchestrator.Agents.Cases;

namespace Orchestrator.Agents.Tests.Cases;

public sealed class CaseIdsTests
{
    [Fact]
    public void ForMessage_SameMail_GivesSameCase()
    {
        string first = CaseIds.ForMessage("<a@example.com>");
        Assert.Equal(first, CaseIds.ForMessage("<a@example.com>"));
        Assert.NotEqual(first, CaseIds.ForMessage("<b@example.com>"));
        Assert.Matches("^case-[0-9a-z]{16}$", first);
    }

    [Fact]
    public void OperationId_IsAVersion8GuidOfCaseAndIntent()
    {
        Guid id = CaseIds.OperationId("case-1", "mail-refund-1");
        Assert.Equal(id, CaseIds.OperationId("case-1", "mail-refund-1"));
        Assert.NotEqual(id, CaseIds.OperationId("case-1", "mail-refund-2"));
        Assert.Equal(8, id.Version);
    }

    [Fact]
    public void IdempotencyKey_TwoIntentsOfOneCase_Differ() =>
        Assert.NotEqual(CaseIds.IdempotencyKey("case-1", "refund-1"), CaseIds.IdempotencyKey("case-1", "refund-2"));
}
