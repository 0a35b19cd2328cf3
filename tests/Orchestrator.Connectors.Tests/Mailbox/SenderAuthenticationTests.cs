using Orchestrator.Agents.Inbox;
using Orchestrator.Connectors.Mailbox;

namespace Orchestrator.Connectors.Tests.Mailbox;

public sealed class SenderAuthenticationTests
{
    private const string Exchange =
        "spf=pass (sender IP is 203.0.113.7) smtp.mailfrom=example.com; dkim=pass (signature was verified) header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100";

    [Theory]
    [InlineData(Exchange, "ana@example.com", SenderProof.Holds)]
    [InlineData("mx.example.net; dmarc=pass (p=reject) header.from=EXAMPLE.com", "Ana@Example.COM", SenderProof.Holds)]
    [InlineData("mx.example.net; dkim=pass header.d=example.com header.s=k1", "ana@example.com", SenderProof.Holds)]
    [InlineData("mx.example.net; spf=pass smtp.mailfrom=bounce@example.com", "ana@example.com", SenderProof.Holds)]
    [InlineData("mx.example.net; dmarc=pass header.from=xn--mller-kva.example", "kim@müller.example", SenderProof.Holds)]
    [InlineData("mx.example.net; dmarc=pass header.from=evil.test", "ana@example.com", SenderProof.NotReported)]
    [InlineData("mx.example.net; dkim=pass header.d=evil.test; spf=pass smtp.mailfrom=evil.test", "ana@example.com", SenderProof.NotReported)]
    [InlineData("mx.example.net; dkim=pass header.d=evil.test; dmarc=fail header.from=example.com", "ana@example.com", SenderProof.Fails)]
    [InlineData("mx.example.net; spf=fail smtp.mailfrom=example.com; dkim=fail header.d=example.com", "ana@example.com", SenderProof.Fails)]
    [InlineData("mx.example.net; spf=softfail smtp.mailfrom=example.com; dkim=none", "ana@example.com", SenderProof.NotReported)]
    [InlineData("mx.example.net; none", "ana@example.com", SenderProof.NotReported)]
    [InlineData("=?;;;", "ana@example.com", SenderProof.NotReported)]
    public void Read_WhatTheReceiverStates_IsJudgedForTheFromAddress(string results, string from, SenderProof expected) =>
        Assert.Equal(expected, SenderAuthentication.Read([("Received", "from x"), ("authentication-results", results)], from));

    [Fact]
    public void Read_SecondHeader_IsTheWritersOwnAndCountsNothing() =>
        Assert.Equal(
            SenderProof.Fails,
            SenderAuthentication.Read(
                [
                    ("Authentication-Results", "mx.example.net; dmarc=fail header.from=example.com"),
                    ("Authentication-Results", "mx.example.net; dmarc=pass header.from=example.com"),
                ],
                "ana@example.com"));

    [Fact]
    public void Read_NoHeader_IsNotReported() => Assert.Equal(SenderProof.NotReported, SenderAuthentication.Read([], "ana@example.com"));
}
