using AlertHub.Tests.Support;
using Infra.Tests.Support;
using Names = FlowLogs.Names;

namespace Infra.Tests;

/// <summary>What each role of flow logs may do, as a table that somebody has read.</summary>
[Collection(nameof(Synthesis))]
public sealed class FlowLogsPermissionsTests(Synthesis synthesis)
{
    [Theory]
    [InlineData(false, "flow-logs-permissions.txt")]
    [InlineData(true, "flow-logs-permissions-chosen.txt")]
    public void Each_role_may_do_this_and_no_more(bool chosen, string table) =>
        Approved.Matches(
            $"Infra/{table}",
            string.Join('\n', (chosen ? synthesis.ChosenFlowLogs : synthesis.FlowLogs).PermissionLines())
        );

    // What was delivered is deleted by nobody but who delivered it.
    [Fact]
    public void The_function_of_the_stream_can_neither_read_nor_delete_what_is_in_the_backup()
    {
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var lines = stack.PermissionLines().Where(line => line.StartsWith(Names.Stream, StringComparison.Ordinal));

            Assert.DoesNotContain(lines, line => line.Contains("s3:GetObject", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.Contains("s3:DeleteObject", StringComparison.Ordinal));
        }
    }

    // Lambda does it in the function's name ("Retain discarded batch records", Lambda developer guide).
    [Fact]
    public void Lambda_may_put_batches_that_failed_into_the_backup()
    {
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var lines = stack
                .PermissionLines()
                .Where(line => line.StartsWith(Names.Stream, StringComparison.Ordinal))
                .ToList();

            Assert.Contains(
                lines,
                line => line.EndsWith("${BackupBucket.Arn}/aws/lambda/*: s3:PutObject", StringComparison.Ordinal)
            );
            Assert.Contains(
                lines,
                line => line.EndsWith("${BackupBucket.Arn}: s3:ListBucket", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void The_function_for_Firehose_may_do_nothing_but_log_and_trace()
    {
        var actions = synthesis
            .ChosenFlowLogs.IdentityStatements()
            .Where(statement => statement.Id.StartsWith(Names.Transform, StringComparison.Ordinal))
            .SelectMany(statement => SynthesizedTemplate.List(statement.Statement["Action"]))
            .Select(SynthesizedTemplate.Flat);

        Assert.Equal(
            ["logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
            actions.Order(StringComparer.Ordinal)
        );
    }
}
