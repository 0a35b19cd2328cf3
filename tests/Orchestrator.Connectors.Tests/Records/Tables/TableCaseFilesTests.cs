using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

[NeedsAzurite]
[Collection(AzuriteGroup.Name)]
public sealed class TableCaseFilesTests(Azurite azurite) : CaseFilesContract(new TablePlace(azurite));
