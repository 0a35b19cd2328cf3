using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Orchestrator.Benchmarks;
using Orchestrator.Benchmarks.Engine;
using Orchestrator.Benchmarks.Engine.Growth;

namespace Orchestrator.Agents.Tests.Benchmarks;

/// <summary>The benchmarks measure what they say, on a few instances.</summary>
public sealed class EngineBenchmarkTests
{
    [Fact]
    public async Task RefundShape_FewInstances_HasEveryFigureAndNoWrongResult()
    {
        JsonNode report = Printed(await RefundShapeBenchmark.MeasureAsync(instances: 50, inFlight: 8, rounds: 1));

        Assert.Equal(0, report["wrong_results"]!.GetValue<int>());
        Assert.True(report["overall_per_s"]!.GetValue<double>() > 0);
        Assert.True(report["rss_parked_mb"]!.GetValue<double>() > 1);
        Assert.All((string[])["1", "8"], inFlight =>
        {
            JsonNode figures = report["event_to_completed_ms"]![inFlight]!;
            double[] ascending = [.. ((string[])["p50", "p95", "p99"]).Select(percentile => figures[percentile]!.GetValue<double>())];
            Assert.True(ascending[0] > 0);
            Assert.Equal(ascending.Order(), ascending);
        });
        Assert.All((string[])["cores", "memory_gib", "os", "dotnet", "disk_fdatasync_us_p50"], field => Assert.NotNull(report["machine"]![field]));
    }

    [Fact]
    public async Task RefundShape_WhereSyncsCanBeCounted_SyncsEveryAcknowledgedGroup()
    {
        JsonNode report = Printed(await RefundShapeBenchmark.MeasureAsync(instances: 50, inFlight: 8, rounds: 1));

        Assert.True(report.AsObject().ContainsKey("fdatasync_per_orchestration"));
        Assert.True(report["acknowledged_groups"]!.GetValue<long>() > 0);
        if (await MayTraceAsync())
        {
            JsonNode traced = report["traced"]!;
            Assert.True(traced["fdatasync"]!.GetValue<int>() >= traced["acknowledged_groups"]!.GetValue<int>(), traced.ToJsonString());
        }
    }

    [Fact]
    public async Task Parked_KilledWhileTheyWait_CompletesOneAfterTheRestart()
    {
        JsonNode report = Printed(await ParkedBenchmark.MeasureAsync(instances: 50, under: null));

        Assert.Equal(0, report["wrong_results"]!.GetValue<int>());
        Assert.InRange(report["ready_s"]!.GetValue<double>(), report["open_s"]!.GetValue<double>(), report["first_completion_s"]!.GetValue<double>());
        Assert.True(report["rss_mb"]!.GetValue<double>() > 1);
    }

    [Fact]
    public async Task Replay_ShortHistories_AreReadBackWithRightResults()
    {
        JsonNode report = Printed(await ReplayBenchmark.MeasureAsync(rows: 200, under: null));

        Assert.Equal(0, report["wrong_results"]!.GetValue<int>());
        Assert.Equal(["10", "100", "200"], report["replay_ms_by_rows"]!.AsObject().Select(one => one.Key));
        Assert.True(report["replay_ms"]!["p50"]!.GetValue<double>() > 0);
    }

    [Fact]
    public void Chart_TwoLinesOnOneAnother_IsXmlWithLabelsApart()
    {
        Chart chart = new("<Title>", "on a machine", [new("Panel", "instances", "ms", [new("one", [(10, 5), (1000, 7)]), new("other", [(10, 6), (1000, 7.1)])])]);

        XElement svg = XElement.Parse(ChartSvg.Draw(chart));

        XElement[] labels = [.. svg.Elements().Where(element => ((string?)element.Attribute("class"))?.StartsWith("label", StringComparison.Ordinal) == true)];
        Assert.Equal(["one 7 ms", "other 7.1 ms"], labels.Select(label => label.Value));
        Assert.True(Math.Abs((double)labels[0].Attribute("y")! - (double)labels[1].Attribute("y")!) >= 12);
        Assert.Equal("<Title>", svg.Elements().First(element => (string?)element.Attribute("class") == "title").Value);
    }

    private static async Task<bool> MayTraceAsync()
    {
        if (!Tools.Has("strace"))
        {
            return false;
        }

        using Process process = Process.Start("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", "true"]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    private static JsonNode Printed(Dictionary<string, object?> report)
    {
        using StringWriter to = new();
        Report.Write(to, report, json: true);
        return JsonSerializer.Deserialize<JsonNode>(to.ToString())!;
    }
}
