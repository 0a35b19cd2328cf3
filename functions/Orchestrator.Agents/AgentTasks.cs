using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents;

/// <summary>
/// Every orchestrator and activity of the product, under its name. Heads register them once, with a provider that has the ports:
/// <see cref="ICaseFiles"/>, <see cref="IApprovalStore"/>, <see cref="IAuditLog"/>, <see cref="IKeyVault"/>, <see cref="IPaymentReads"/>, <see cref="IRefunds"/>,
/// <see cref="IMailSender"/>, <see cref="IApprovalNotices"/>, <see cref="IMailReading"/>, <see cref="IRefundPolicySource"/> and <see cref="TimeProvider"/>.
/// </summary>
public static class AgentTasks
{
    public static TaskRegistry Register() => AddTo(new TaskRegistry(AgentsJson.Default.Options));

    /// <summary>Beside tasks of others.</summary>
    /// <param name="tasks">Its JSON knows the types of <see cref="AgentsJson"/>.</param>
    public static TaskRegistry AddTo(TaskRegistry tasks) => tasks
        .AddOrchestrator(RefundAgent.Definition, _ => new RefundAgent())
        .AddOrchestrator(FailedRefund.Definition, _ => new FailedRefund())
        .AddOrchestrator(StoppedCase.Definition, _ => new StoppedCase())
        .AddActivity(RefundActivities.Understand, ports => new UnderstandActivity(Get<ICaseFiles>(ports), Get<IMailReading>(ports), Gate(ports)))
        .AddActivity(RefundActivities.FetchHistory, ports => new FetchHistoryActivity(Get<ICaseFiles>(ports), Get<IPaymentReads>(ports), Gate(ports)))
        .AddActivity(RefundActivities.ReadCharges, ports => new ReadChargesActivity(Get<IPaymentReads>(ports), Gate(ports)))
        .AddActivity(RefundActivities.ApplyPolicy, ports => new ApplyPolicyActivity(Get<IRefundPolicySource>(ports), Get<IAuditLog>(ports), Get<TimeProvider>(ports)))
        .AddActivity(RefundActivities.OpenApproval, ports => new OpenApprovalActivity(Get<IApprovalStore>(ports), Get<TimeProvider>(ports)))
        .AddActivity(RefundActivities.PostNotice, ports => new PostNoticeActivity(Get<IApprovalNotices>(ports), Get<ICaseFiles>(ports), Gate(ports)))
        .AddActivity(RefundActivities.EscalateApproval, ports => new EscalateApprovalActivity(Get<IApprovalStore>(ports), Get<TimeProvider>(ports)))
        .AddActivity(RefundActivities.ConcludeApproval, ports => new ConcludeApprovalActivity(Get<IApprovalStore>(ports), Get<TimeProvider>(ports)))
        .AddActivity(RefundActivities.IssueRefund, ports => new IssueRefundActivity(Get<IPaymentReads>(ports), Get<IRefunds>(ports), Allowed(ports), Gate(ports)))
        .AddActivity(RefundActivities.ReadRefund, ports => new ReadRefundActivity(Get<IPaymentReads>(ports), Gate(ports)))
        .AddActivity(RefundActivities.SendMail, ports => new SendMailActivity(Get<ICaseFiles>(ports), Get<IMailSender>(ports), Allowed(ports), Gate(ports), Get<TimeProvider>(ports)))
        .AddActivity(RefundActivities.CloseCase, ports => new CloseCaseActivity(Get<ICaseFiles>(ports), Get<TimeProvider>(ports)));

    private static OutsideGate Gate(IServiceProvider ports) => new(Get<IKeyVault>(ports), Get<IAuditLog>(ports), Get<TimeProvider>(ports));

    private static Permission Allowed(IServiceProvider ports) => new(Get<IApprovalStore>(ports), Get<IRefundPolicySource>(ports), Get<IAuditLog>(ports));

    private static T Get<T>(IServiceProvider ports)
        where T : class =>
        (T?)ports.GetService(typeof(T)) ?? throw new InvalidOperationException($"The head registered no {typeof(T).Name}.");
}
