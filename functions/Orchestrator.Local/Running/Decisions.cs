using Orchestrator.Local.State;

namespace Orchestrator.Local.Running;

/// <summary>
/// Who decides from a command line. A person who owns the state folder signs in with its one-time code, which only the development sign-in allows; elsewhere it is
/// whoever the token proves, or people decide on the page. What is sent names nobody.
/// </summary>
internal static class Decisions
{
    private const int Tries = 3;

    public static string Path(string approvalId) => "api/approvals/" + Uri.EscapeDataString(approvalId);

    /// <exception cref="ApiRefusalException">The decision does not count.</exception>
    public static Task<ApiApprovalDetail> DecideAsync(RunningProcess process, string? bearer, string approvalId, ApiDecision decision, CancellationToken cancellationToken) =>
        process.PostAsync(Path(approvalId) + "/decision", decision, ApiJson.Default.ApiDecision, ApiJson.Default.ApiApprovalDetail, bearer, cancellationToken);

    /// <summary>Before anything is asked.</summary>
    /// <param name="who">From <c>--as</c>.</param>
    /// <param name="page">Where they decide instead.</param>
    /// <exception cref="LocalException">This is not how people are known there.</exception>
    public static void RequireActor(RunningProcess process, string? who, string page)
    {
        switch (process.Where.Actor)
        {
            case Actor.DecidesOnPage:
                throw OnPage(process, page);
            case Actor.IsProven when who is not null:
                throw new LocalException($"At {process.Where.Url} the person is whoever {process.Where.Credential} proves: leave out --as.", exitCode: ExitCodes.UsageOrCancelled);
            case Actor.SignsIn when who is null:
                throw new LocalException($"--as is missing: {process.Where.Credential} is nobody's. Say who decides, or set {Credential.TokenVariable} to that person's token.", exitCode: ExitCodes.UsageOrCancelled);
        }
    }

    /// <summary>The bearer token to act with; null where the process's own credential is the person's.</summary>
    /// <inheritdoc cref="RequireActor" path="/exception"/>
    public static async Task<string?> ActAsync(RunningProcess process, string? who, string page, CancellationToken cancellationToken)
    {
        RequireActor(process, who, page);
        return process.Where.Actor == Actor.IsProven ? null : (await SignInAsync(process, who!, page, cancellationToken)).Token;
    }

    public static async Task<ApiSession> SignInAsync(RunningProcess process, string who, string page, CancellationToken cancellationToken)
    {
        RequireActor(process, who, page);
        for (int attempt = 1; ; attempt++)
        {
            StateFolder folder = process.Where.Folder;
            string code = PrivateFile.ReadOrNull(folder.SignInCode)
                ?? throw (process.Where.Url is null ? new LocalException($"There is no sign-in code in {folder.SignInCode}. Start the orchestrator again.") : OnPage(process, page));
            try
            {
                return await process.PostAsync("api/signin", new(who, code.Trim()), ApiJson.Default.ApiSignIn, ApiJson.Default.ApiSession, bearer: null, cancellationToken);
            }
            catch (ApiRefusalException used) when (used.Name == "code-wrong" && attempt < Tries)
            {
                // Someone else signed in with it between the two; the next code is there already.
            }
            catch (ApiRefusalException elsewhere) when (elsewhere.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.MethodNotAllowed)
            {
                throw OnPage(process, page);
            }
        }
    }

    private static LocalException OnPage(RunningProcess process, string page) => new(
        $"Sign-in is not this machine's own, so nobody decides from a command line: open the page {new Uri(process.Where.Pages, page)}",
        exitCode: ExitCodes.SignInNeeded);
}
