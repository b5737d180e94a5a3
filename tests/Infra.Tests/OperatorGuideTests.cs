using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using AlertHub.Tests.Support;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>infra/README.md names what there is.</summary>
[Collection(nameof(Synthesis))]
public sealed partial class OperatorGuideTests(Synthesis synthesis)
{
    private readonly string guide = File.ReadAllText(Repository.File("infra", "README.md"));

    [Fact]
    public void Every_context_that_is_read_has_its_row_and_no_other_has()
    {
        var asked = new SortedSet<string>(StringComparer.Ordinal);
        _ = Deployment.Read(
            key =>
            {
                asked.Add(key);
                return null;
            },
            Repository.Root,
            Architecture.X64,
            linux: true
        );
        var table = guide[guide.IndexOf("| context |", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n\n", StringComparison.Ordinal)];
        var documented = table
            .Split('\n')
            .SelectMany(row => Code().Matches(row.Split('|')[1]))
            .Select(key => key.Groups[1].Value);

        Assert.Equal(asked, documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_output_and_variable_it_names_exists()
    {
        var outputs = synthesis
            .All.SelectMany(stack => stack.Json["Outputs"]!.AsObject())
            .Select(output => output.Key)
            .ToHashSet();

        Assert.All(
            OutputName().Matches(guide).Select(name => name.Groups[1].Value),
            name => Assert.Contains(name, outputs)
        );
    }

    [Fact]
    public void Every_alarm_has_a_row()
    {
        // "`IngestErrors` ... `SweepErrors`" stands for those of the functions between.
        var alarms = synthesis
            .Hub.Resources("AWS::CloudWatch::Alarm")
            .Keys.Where(alarm => !FunctionAlarm().IsMatch(alarm));

        Assert.All(alarms, alarm => Assert.Contains($"`{alarm}`", guide, StringComparison.Ordinal));
        Assert.All(
            (string[])["IngestErrors", "SweepErrors", "IngestThrottles", "SweepThrottles"],
            alarm => Assert.Contains($"`{alarm}`", guide, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_alarm_of_the_guard_has_a_row() =>
        Assert.All(
            synthesis.Guard.Resources("AWS::CloudWatch::Alarm").Keys,
            alarm => Assert.Matches($@"(?m)^\| [^|]*`{alarm}`", guide)
        );

    [Fact]
    public void Every_alarm_of_flow_logs_has_a_row() =>
        Assert.All(
            synthesis.AllFlowLogs.SelectMany(stack => stack.Resources("AWS::CloudWatch::Alarm").Keys).Distinct(),
            alarm => Assert.Matches($@"(?m)^\| [^|]*`{alarm}`", guide)
        );

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[`$]([A-Z][A-Za-z]+(?:Url|Arn|TableName))\b")]
    private static partial Regex OutputName();

    [GeneratedRegex("^(Ingest|Flush|Deliver|Api|Sweep)(Errors|Throttles)$")]
    private static partial Regex FunctionAlarm();
}
