namespace Orchestrator.Operations.SignIn;

/// <summary>Names of the authentication schemes.</summary>
internal static class Schemes
{
    /// <summary>Chooses: a bearer token that nobody in front of this server has checked, else the sign-in that the options name.</summary>
    public const string Any = "operations";
    public const string Session = "session";
    public const string AppService = "app-service";
    public const string Proxy = "proxy";
    public const string Token = "token";
}
