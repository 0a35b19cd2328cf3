using System.Text;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations;

/// <summary>What the web surface needs to know from its head. Secrets in it show in no string.</summary>
public sealed record OperationsOptions
{
    /// <summary>Where identity comes from. There is no default: a surface without sign-in does not start.</summary>
    public required SignInOptions SignIn { get; init; }

    /// <summary>Whether the Stripe key in use is a live one. The development sign-in refuses to start beside it.</summary>
    public bool LiveKeyConfigured { get; init; }

    /// <summary>Groups that may read cases, approvals and the audit log; null: every group of the policy file.</summary>
    public IReadOnlyList<string>? ViewerGroups { get; init; }

    /// <summary>Groups that may read approvals and decide; null: every group of the policy file. Who may approve which proposal is said by the policy alone.</summary>
    public IReadOnlyList<string>? ApproverGroups { get; init; }

    /// <summary>Groups that may suspend, resume and rewind a case; null: every group of the policy file.</summary>
    public IReadOnlyList<string>? OperatorGroups { get; init; }

    /// <summary>Groups that may also end and purge a case; null: those that operate.</summary>
    public IReadOnlyList<string>? AdministratorGroups { get; init; }

    /// <summary>A token with which the command line of this machine reads the API, 32 characters or more; null: none is taken. It never decides anything.</summary>
    public string? OperatorToken { get; init; }

    /// <summary>A folder only the owner may read, for the keys that protect sessions and forms over restarts; null: ASP.NET Core's own place, or the one the head configured.</summary>
    public string? KeyRingFolder { get; init; }

    /// <summary>The secret that Microsoft Graph repeats in each change notification; null: notifications are refused.</summary>
    public string? GraphClientState { get; init; }

    /// <summary>Reads HTML mail: what a person would see, and what was hidden from them. Null: mails must carry text.</summary>
    public Func<string, (string Visible, string Hidden)>? ReadHtml { get; init; }

    /// <summary>Whether people reach this server by https, whoever ends it before: then cookies are for https only, and browsers are told to stay with it.</summary>
    public bool IsPublicOverHttps { get; init; }

    /// <summary>How long a command line's session from <c>POST /api/signin</c> lasts.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(60);

    private bool PrintMembers(StringBuilder text)
    {
        _ = text.Append("SignIn = ").Append(SignIn).Append(", LiveKeyConfigured = ").Append(LiveKeyConfigured);
        return true;
    }
}
