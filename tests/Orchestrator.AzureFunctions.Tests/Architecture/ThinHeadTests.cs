using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Orchestrator.AzureFunctions.Orchestrations;

namespace Orchestrator.AzureFunctions.Tests.Architecture;

/// <summary>
/// This head decides nothing. A branch on a business fact must first read one, so the compiled head is asked which members of the product's records it reads at all:
/// none, but for what the vendors' clients hand on field by field.
/// </summary>
public sealed class ThinHeadTests
{
    /// <summary>Rooms of Agents whose records are business facts.</summary>
    private static readonly string[] Business = ["Approvals", "Audit", "Cases", "Customers", "Inbox", "Mail", "Payments", "Refunds", "Understanding"];

    /// <summary>What the two carriers put into a request: a refund order into Stripe.net's, a mail into EmailClient's.</summary>
    private static readonly string[] HandedOn =
    [
        "ChargeId.Value", "CustomerId.Value", "RefundId.Value", "Money.MinorUnits",
        "RefundOrder.CaseId", "RefundOrder.Intent", "RefundOrder.IdempotencyKey", "RefundOrder.Charge", "RefundOrder.Amount", "RefundOrder.Reason",
        "OutgoingMail.OperationId", "OutgoingMail.To", "OutgoingMail.ToName", "OutgoingMail.Subject", "OutgoingMail.Text",
    ];

    [Fact]
    public void Head_ReadsNoBusinessFact()
    {
        string[] read = [.. MembersRead()];

        Assert.Contains("Money.MinorUnits", read);
        Assert.Empty(read.Except(HandedOn));
    }

    [Fact]
    public void Head_NeverLeavesAnOrchestrationsContext() =>
        Assert.DoesNotContain(References(), reference => reference.Member == "ConfigureAwait" && reference.Namespace == "System.Threading.Tasks");

    /// <summary>Property getters of the business's types that the head's code names.</summary>
    private static IEnumerable<string> MembersRead() => References()
        .Where(reference => Business.Any(room => reference.Namespace == "Orchestrator.Agents." + room || reference.Namespace.StartsWith($"Orchestrator.Agents.{room}.", StringComparison.Ordinal)))
        .Where(reference => reference.Member.StartsWith("get_", StringComparison.Ordinal) && reference.Member != "get_Definition")
        .Select(reference => $"{reference.Type}.{reference.Member[4..]}")
        .Distinct();

    private static List<(string Namespace, string Type, string Member)> References()
    {
        using var file = new PEReader(File.OpenRead(typeof(TaskRunner).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        List<(string, string, string)> references = [];
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (Parent(metadata, member) is { } type)
            {
                references.Add((metadata.GetString(type.Namespace), metadata.GetString(type.Name), metadata.GetString(member.Name)));
            }
        }

        return references;
    }

    private static TypeReference? Parent(MetadataReader metadata, MemberReference member) => member.Parent.Kind switch
    {
        HandleKind.TypeReference => metadata.GetTypeReference((TypeReferenceHandle)member.Parent),
        HandleKind.TypeSpecification => Generic(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent)),
        _ => null,
    };

    /// <summary>The definition of <c>Task&lt;T&gt;</c> in a signature: generic instance, class or value type, then which.</summary>
    private static TypeReference? Generic(MetadataReader metadata, TypeSpecification specification)
    {
        BlobReader signature = metadata.GetBlobReader(specification.Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        _ = signature.ReadByte();
        EntityHandle type = signature.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? metadata.GetTypeReference((TypeReferenceHandle)type) : null;
    }
}
