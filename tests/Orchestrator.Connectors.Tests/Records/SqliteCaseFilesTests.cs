using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records;

public sealed class SqliteCaseFilesTests() : CaseFilesContract(new SqlitePlace());
