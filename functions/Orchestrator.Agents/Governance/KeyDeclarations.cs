using System.Collections.Frozen;

namespace Orchestrator.Agents.Governance;

/// <summary>What an activity may do outside: one key, and the tools it uses with it.</summary>
/// <param name="Key">One of <see cref="KeyNames"/>.</param>
/// <param name="Tools">As in the audit record: <c>stripe.refunds.create</c>.</param>
public sealed record KeyDeclaration(string Activity, string Key, IReadOnlyList<string> Tools);

/// <summary>The one place that says which key an activity may ask for. What is not named here gets none.</summary>
public static class KeyDeclarations
{
    public static IReadOnlyList<KeyDeclaration> All { get; } =
    [
        new(ActivityNames.Understand, KeyNames.Model, [Tools.ModelComplete]),
        new(ActivityNames.FetchHistory, KeyNames.StripeRead, [Tools.CustomersFind, Tools.ChargesList, Tools.RefundsList, Tools.DisputesList, Tools.SubscriptionsList]),
        new(ActivityNames.ReadCharges, KeyNames.StripeRead, [Tools.ChargesGet, Tools.RefundsList, Tools.DisputesList]),
        new(ActivityNames.PostNotice, KeyNames.Teams, [Tools.TeamsPost]),
        new(ActivityNames.IssueRefund, KeyNames.StripeRefund, [Tools.RefundsList, Tools.RefundsCreate]),
        new(ActivityNames.ReadRefund, KeyNames.StripeRead, [Tools.RefundsGet, Tools.RefundsList]),
        new(ActivityNames.SendMail, KeyNames.Mail, [Tools.MailSend]),
    ];

    private static readonly FrozenDictionary<string, KeyDeclaration> ByActivity = All.ToFrozenDictionary(declaration => declaration.Activity);

    /// <exception cref="PermanentFailureException">The activity was declared no key.</exception>
    public static KeyDeclaration For(string activity) => ByActivity.TryGetValue(activity, out KeyDeclaration? declaration)
        ? declaration
        : throw new PermanentFailureException($"Activity '{activity}' asked for a key, but none is declared for it. Declare it in KeyDeclarations, or take the call out.");
}

/// <summary>The tools that the agent has, named as in the audit record.</summary>
public static class Tools
{
    public const string ModelComplete = "model.chat.complete";
    public const string CustomersFind = "stripe.customers.list";
    public const string ChargesList = "stripe.charges.list";
    public const string ChargesGet = "stripe.charges.retrieve";
    public const string RefundsList = "stripe.refunds.list";
    public const string RefundsGet = "stripe.refunds.retrieve";
    public const string RefundsCreate = "stripe.refunds.create";
    public const string DisputesList = "stripe.disputes.list";
    public const string SubscriptionsList = "stripe.subscriptions.list";
    public const string TeamsPost = "teams.card.post";
    public const string MailSend = "mail.send";

    /// <summary>Those after which the world is different: an <c>attempted</c> record stands before each.</summary>
    public static IReadOnlySet<string> ThatChangeTheWorld { get; } = new HashSet<string> { RefundsCreate, MailSend, TeamsPost };
}
