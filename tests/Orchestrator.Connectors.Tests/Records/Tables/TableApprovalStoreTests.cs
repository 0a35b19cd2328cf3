using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

[NeedsAzurite]
[Collection(AzuriteGroup.Name)]
public sealed class TableApprovalStoreTests(Azurite azurite) : ApprovalStoreContract(new TablePlace(azurite));
