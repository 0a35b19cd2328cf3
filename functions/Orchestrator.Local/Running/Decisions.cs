using Orchestrator.Local.State;

namespace Orchestrator.Local.Running;

/// <summary>Decides as a person who owns this machine's state folder. Only the development sign-in allows that; elsewhere people decide on the page.</summary>
internal static class Decisions
{
    private const int Tries = 3;

    public static string Path(string approvalId) => "api/approvals/" + Uri.EscapeDataString(approvalId);

    /// <exception cref="LocalException">People sign in elsewhere.</exception>
    /// <exception cref="ApiRefusalException">The decision does not count.</exception>
    public static async Task<ApiApprovalDetail> DecideAsync(RunningProcess process, string who, string approvalId, ApiDecision decision, CancellationToken cancellationToken) =>
        await DecideAsync(process, await SignInAsync(process, who, "approvals/" + approvalId, cancellationToken), approvalId, decision, cancellationToken);

    public static Task<ApiApprovalDetail> DecideAsync(RunningProcess process, ApiSession session, string approvalId, ApiDecision decision, CancellationToken cancellationToken) =>
        process.PostAsync(Path(approvalId) + "/decision", decision, ApiJson.Default.ApiDecision, ApiJson.Default.ApiApprovalDetail, session.Token, cancellationToken);

    /// <param name="page">Where they decide instead.</param>
    /// <exception cref="LocalException">People sign in elsewhere.</exception>
    public static void RequireOwnSignIn(RunningProcess process, string page)
    {
        if (process.Endpoint.SignIn != "development")
        {
            throw new LocalException(
                $"Sign-in is not this machine's own, so nobody decides from a command line: open the page {new Uri(process.Endpoint.PublicAddress, page)}",
                exitCode: ExitCodes.SignInNeeded);
        }
    }

    public static async Task<ApiSession> SignInAsync(RunningProcess process, string who, string page, CancellationToken cancellationToken)
    {
        RequireOwnSignIn(process, page);
        for (int attempt = 1; ; attempt++)
        {
            string code = PrivateFile.ReadOrNull(process.Folder.SignInCode)
                ?? throw new LocalException($"There is no sign-in code in {process.Folder.SignInCode}. Start the orchestrator again.");
            try
            {
                return await process.PostAsync("api/signin", new(who, code.Trim()), ApiJson.Default.ApiSignIn, ApiJson.Default.ApiSession, bearer: null, cancellationToken);
            }
            catch (ApiRefusalException used) when (used.Name == "code-wrong" && attempt < Tries)
            {
                // Someone else signed in with it between the two; the next code is there already.
            }
        }
    }
}
