using System.Diagnostics.CodeAnalysis;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Writing;

/// <summary>Custom status, and what of it can be looked up: both change together.</summary>
internal sealed partial class HubTransaction
{
    private SqliteStatement _customStatus, _oldStatus, _addBusinessId, _forgetBusinessIds;

    public void SetCustomStatus(long key, string? status)
    {
        // Ids change seldom and statuses often, so most changes touch one row.
        IReadOnlyList<string> now = CustomStatusSearch.BusinessIdsOf(status);
        IReadOnlyList<string> before = CustomStatusSearch.BusinessIdsOf(OldStatus(key));
        _customStatus.Bind(1, key).Bind(2, status).Run();
        if (now.SequenceEqual(before, StringComparer.Ordinal))
        {
            return;
        }

        ForgetBusinessIds(key);
        foreach (string id in now)
        {
            _addBusinessId.Bind(1, id).Bind(2, key).Run();
        }
    }

    public void ForgetBusinessIds(long key) => _forgetBusinessIds.Bind(1, key).Run();

    private string? OldStatus(long key)
    {
        string? status = _oldStatus.Bind(1, key).Step() ? _oldStatus.TextOrNull(0) : null;
        _oldStatus.Reset();
        return status;
    }

    [MemberNotNull(nameof(_customStatus), nameof(_oldStatus), nameof(_addBusinessId), nameof(_forgetBusinessIds))]
    private void PrepareCustomStatus()
    {
        _customStatus = Prepare("UPDATE instances SET custom_status = ?2 WHERE key = ?1");
        _oldStatus = Prepare("SELECT custom_status FROM instances WHERE key = ?");
        _addBusinessId = Prepare("INSERT INTO business_ids VALUES (?, ?)");
        _forgetBusinessIds = Prepare("DELETE FROM business_ids WHERE instance = ?");
    }
}
