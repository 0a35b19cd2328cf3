using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records;

public sealed class SqliteApprovalStoreTests() : ApprovalStoreContract(new SqlitePlace());
