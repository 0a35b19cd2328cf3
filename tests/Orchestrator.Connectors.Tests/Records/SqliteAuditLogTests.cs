using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records;

public sealed class SqliteAuditLogTests() : AuditLogContract(new SqlitePlace());
