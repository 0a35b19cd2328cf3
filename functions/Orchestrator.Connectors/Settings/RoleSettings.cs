namespace Orchestrator.Connectors.Settings;

/// <summary>
/// Which groups of the policy hold which role. A role that no setting names is held by every group where the one-time code signs in, on a machine of one's own; elsewhere every
/// group views and approves, as far as the policy lets it, and nobody operates or administers.
/// </summary>
/// <param name="Viewer">Read cases, approvals and the audit log.</param>
/// <param name="Approver">Read approvals and decide on them, within what the policy says.</param>
/// <param name="Operator">View; suspend, resume and rewind cases.</param>
/// <param name="Administrator">Operate; end and purge cases.</param>
public sealed record RoleSettings(
    IReadOnlyList<string>? Viewer = null,
    IReadOnlyList<string>? Approver = null,
    IReadOnlyList<string>? Operator = null,
    IReadOnlyList<string>? Administrator = null)
{
    public static RoleSettings Read(SettingsSection section) =>
        new(section.Names("Viewer"), section.Names("Approver"), section.Names("Operator"), section.Names("Administrator"));

    /// <summary>What counts under a way of signing in; null: every group.</summary>
    public RoleSettings Under(SignInKind signIn) => signIn == SignInKind.Development ? this : this with { Operator = Operator ?? [], Administrator = Administrator ?? [] };
}
