using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Tests.Sandboxes;

public sealed class SandboxFileTests
{
    [Fact]
    public void Read_WhatTheSandboxPrints_IsWhereTheStandInsAre()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("sandbox.json");
        File.WriteAllText(file, """
            {
              "event": "ready",
              "stripe": { "address": "http://127.0.0.1:7311/" },
              "mail": { "address": "http://127.0.0.1:7313/", "connectionString": "endpoint=http://127.0.0.1:7313/;accesskey=a2V5", "sender": "support@sandbox.invalid" }
            }
            """);

        var sandbox = SandboxFile.Read(file);

        Assert.Equal(new("http://127.0.0.1:7311/"), sandbox.Stripe!.Address);
        Assert.Equal("a2V5", sandbox.Mail!.AccessKey);
        Assert.Null(sandbox.Vault);
        Assert.DoesNotContain("a2V5", $"{sandbox} {sandbox.Mail}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "There is no sandbox address file at ")]
    [InlineData("null", "There is no sandbox address file at ")]
    [InlineData("sandbox on 7311", "is no sandbox address file")]
    public void Read_NoAddresses_SaysHowToGetThem(string? text, string sentence)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("sandbox.json");
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        SettingsException refused = Assert.Throws<SettingsException>(() => SandboxFile.Read(file));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Orchestrator.Sandbox -o json", refused.Message, StringComparison.Ordinal);
    }
}
