using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.AzureFunctions.Development;

namespace Orchestrator.AzureFunctions.Tests.Development;

/// <summary>Who may kill the worker of a development head; that it dies is seen end to end.</summary>
public sealed class StopRouteTests
{
    private const string Token = "the token of whoever owns this machine";

    [Theory]
    [InlineData("POST", "", 401)]
    [InlineData("POST", "Bearer another", 401)]
    [InlineData("POST", "Basic " + Token, 401)]
    [InlineData("GET", "Bearer another", 401)]
    [InlineData("GET", "Bearer " + Token, 405)]
    public async Task Stop_WithoutTokenOrWithoutPost_IsRefused(string method, string authorization, int status) =>
        Assert.Equal(status, (await AnswerAsync("/local/stop", method, authorization)).StatusCode);

    [Fact]
    public async Task OtherPaths_AreNotItsOwn() => Assert.Equal(404, (await AnswerAsync("/local", "POST", "Bearer " + Token)).StatusCode);

    private static async Task<HttpResponse> AnswerAsync(string path, string method, string authorization)
    {
        await using ServiceProvider none = new ServiceCollection().BuildServiceProvider();
        ApplicationBuilder app = new(none);
        StopRoute.Map(app, Token);
        DefaultHttpContext context = new();
        (context.Request.Path, context.Request.Method) = (path, method);
        context.Request.Headers.Authorization = authorization;
        await app.Build()(context);
        return context.Response;
    }
}
