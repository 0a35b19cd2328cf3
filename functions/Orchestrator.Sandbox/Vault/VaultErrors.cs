using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Sandbox.Vault;

/// <summary>Key Vault's refusals, word for word where clients are known to read them (learn.microsoft.com/azure/key-vault/general/rest-error-codes).</summary>
internal static class VaultErrors
{
    public static Task UnauthorizedAsync(HttpContext context, string tenant, bool tokenShown)
    {
        context.Response.Headers.WWWAuthenticate =
            $"Bearer authorization=\"https://login.microsoftonline.com/{tenant}\", resource=\"https://vault.azure.net\"";
        string message = tokenShown
            ? "AKV10022: Invalid audience or unknown token. The sandbox takes the tokens it was told of."
            : "AKV10000: Request is missing a Bearer or PoP token.";
        return AnswerAsync(context, 401, "Unauthorized", message);
    }

    public static Task ForbiddenAsync(HttpContext context, VaultPolicy policy, string permission) => AnswerAsync(
        context,
        403,
        "Forbidden",
        $"The user, group or application '{policy.Caller}' does not have secrets {permission} permission on key vault 'sandbox;location=loopback'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287",
        "ForbiddenByPolicy");

    public static Task DisabledAsync(HttpContext context) =>
        AnswerAsync(context, 403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");

    public static Task NotFoundAsync(HttpContext context, string id) => AnswerAsync(
        context,
        404,
        "SecretNotFound",
        $"A secret with (name/id) {id} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182");

    public static Task BadParameterAsync(HttpContext context, string message) => AnswerAsync(context, 400, "BadParameter", message);

    private static Task AnswerAsync(HttpContext context, int status, string code, string message, string? inner = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (inner is not null)
        {
            error["innererror"] = new JsonObject { ["code"] = inner };
        }

        return Wire.AnswerAsync(context, status, new JsonObject { ["error"] = error });
    }
}
