using Orchestrator.Local.Serving;

namespace Orchestrator.Local.Tests.Serving;

public sealed class CrashAtTests
{
    [Theory]
    [InlineData("AfterCommit", "AfterCommit", null, 1)]
    [InlineData("AfterActivityReturn:IssueRefund", "AfterActivityReturn", "IssueRefund", 1)]
    [InlineData("BeforeActivity:SendMail#3", "BeforeActivity", "SendMail", 3)]
    public void Parse_PointTaskAndOccurrence(string text, string point, string? task, int occurrence)
    {
        CrashAt crash = CrashAt.Parse(text)!;

        Assert.Equal((point, task, occurrence), (crash.Point, crash.Task, crash.Occurrence));
    }

    [Theory]
    [InlineData("Somewhere")]
    [InlineData("3")]
    [InlineData("AfterCommit#0")]
    [InlineData("AfterCommit#x")]
    [InlineData("")]
    public void Parse_WhatIsNoPoint_IsRefused(string text) => Assert.Null(CrashAt.Parse(text));
}
