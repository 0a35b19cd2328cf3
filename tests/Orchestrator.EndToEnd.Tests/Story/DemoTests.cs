using System.Text.RegularExpressions;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>The demo, as a newcomer types it.</summary>
public sealed partial class DemoTests
{
    [OwnHeadFact("the demo starts one itself")]
    public async Task Demo_KilledInTheMiddle_EndsWithNoDuplicateRefund()
    {
        await using ChildProcess demo = ChildProcess.Start(Repository.Head, ["demo"]);
        int exit = await demo.WaitForExitAsync(TimeSpan.FromMinutes(4));
        string last = demo.Out.TrimEnd().Split('\n')[^1];
        Assert.True(exit == 0, demo.Out + demo.Error);
        Match line = LastLine().Match(last);
        Assert.True(line.Success, last);
        Assert.True(int.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) >= 6, last);
    }

    [GeneratedRegex("^demo: ([0-9]+) mails, [0-9]+ cases, [0-9]+ approvals, [1-9][0-9]* refunds, 0 duplicate refunds$")]
    private static partial Regex LastLine();
}
