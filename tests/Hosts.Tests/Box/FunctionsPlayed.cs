using Hosts.Tests.Box.Access;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>Environments live and die as Lambda's.</summary>
public sealed class FunctionsPlayed(Dynalite dynalite, Fauxqs fauxqs) : IClassFixture<Dynalite>, IClassFixture<Fauxqs>
{
    private const string Hang = """{"Records":[{"body":"hang"}]}""";
    private const string Tick = """{"detail-type":"tick"}""";

    [Fact]
    public async Task One_that_is_killed_at_work_fails_its_invocation_and_the_next_has_another()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);
        var worker = box.Function("Worker");

        var hanging = worker.InvokeAsync(Hang);
        await box.UntilAsync(worker.Kill, "one was killed at work");
        var killed = await hanging;
        var next = await worker.InvokeAsync(Tick);

        Assert.Equal("Runtime.ExitError", killed.Error?.Type);
        Assert.Equal("\"tick\"", next.Text);
        Assert.Equal(2, worker.Started);
    }

    [Fact]
    public async Task One_that_takes_too_long_is_ended()
    {
        using var stacks = new ExampleStacks(static resources => resources["Worker"]!["Properties"]!["Timeout"] = 5);
        await using var box = await StartAsync(stacks);
        var worker = box.Function("Worker");

        var late = await worker.InvokeAsync(Hang);
        var next = await worker.InvokeAsync(Tick);

        Assert.Equal("Task timed out after 5 seconds", late.Error?.Message);
        Assert.Equal("\"tick\"", next.Text);
        Assert.Equal(2, worker.Started);
    }

    [Fact]
    public async Task One_that_cannot_start_says_why()
    {
        using var stacks = new ExampleStacks(static resources =>
        {
            resources["Worker"]!["Properties"]!["Environment"]!["Variables"]!["BOX_EXAMPLE"] = "broken";
            resources.Remove("Config");
        });
        await using var box = await StartAsync(stacks);

        var result = await box.Function("Worker").InvokeAsync(Tick);

        Assert.Equal("It cannot start.", result.Error?.Message);
    }

    [Fact]
    public async Task There_are_as_many_as_the_test_allows()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks, environments: 2);
        var worker = box.Function("Worker");

        Task[] hanging = [worker.InvokeAsync(Hang), worker.InvokeAsync(Hang)];
        var waiting = worker.InvokeAsync(Tick);
        await box.UntilAsync(() => worker.Running == 2, "two were at work");
        await box.UntilAsync(worker.Kill, "one was killed");

        Assert.Equal("\"tick\"", (await waiting).Text);
        await box.UntilAsync(worker.Kill, "the other was killed");
        await Task.WhenAll(hanging);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task One_that_is_killed_in_a_call_has_done_it_or_not(bool after, int puts)
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);
        var killed = false;

        using (
            box.Aws.Fail(call =>
                call.Operation != "PutItem" || Interlocked.Exchange(ref killed, true) ? null
                : after ? AwsFault.KilledAfter
                : AwsFault.KilledBefore
            )
        )
        {
            await box.PublishAsync("Topic", "put a");
            await box.UntilAsync(() => ExampleLog.Handled(box).Contains("put a"), "it was done at the second time");
        }

        Assert.Equal(puts, box.Aws.Ledger.Counts[("Worker", "dynamodb:PutItem")].Calls);
        Assert.Equal(1, box.Function("Worker").Failures);
    }

    [Fact]
    public async Task Its_variables_are_those_of_the_template_and_of_Lambda_and_none_of_the_tests()
    {
        Environment.SetEnvironmentVariable("BOX_OF_THE_TESTS", "there");
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        await box.Function("Worker").InvokeAsync("""{"Records":[{"body":"variables"}]}""");
        await box.UntilAsync(() => box.Function("Worker").Log.Lines.Any(IsVariables), "it told");

        var variables = box.Function("Worker").Log.Lines.First(IsVariables);
        Assert.Contains("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512", variables, StringComparison.Ordinal);
        Assert.Contains("DOTNET_GCHeapHardLimit=18000000", variables, StringComparison.Ordinal);
        Assert.Contains("BOX_TABLE=Data-Table-", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("BOX_OF_THE_TESTS", variables, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_its_own_runtime_is_the_file_bootstrap()
    {
        using var folder = new TemporaryFolder();
        var assembly = Path.Combine(AppContext.BaseDirectory, "Hosts.Tests.dll");
        await File.WriteAllTextAsync(folder.File("bootstrap"), $"#!/bin/sh\nexec dotnet exec '{assembly}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("bootstrap"), (UnixFileMode)0b111_101_101);
        }

        using var stacks = new ExampleStacks(resources =>
        {
            resources["Worker"]!["Properties"]!["Runtime"] = "provided.al2023";
            resources["Worker"]!["Properties"]!["Handler"] = "anything";
            resources["Worker"]!["Metadata"]!["aws:asset:path"] = folder.Path;
        });
        await using var box = await StartAsync(stacks);

        Assert.Equal("\"tick\"", (await box.Function("Worker").InvokeAsync(Tick)).Text);
    }

    [Fact]
    public async Task Those_killed_at_random_lose_nothing_that_comes_back()
    {
        using var stacks = new ExampleStacks(static resources =>
            resources["Work"]!["Properties"]!["RedrivePolicy"]!["maxReceiveCount"] = 100
        );
        await using var box = await StartAsync(stacks, environments: 2);

        using (box.KillAtRandom(share: 0.2, seed: 7))
        {
            foreach (var i in Enumerable.Range(0, 10))
            {
                await box.PublishAsync("Topic", $"put {i}");
            }

            await box.UntilAsync(() => ExampleLog.Handled(box).Distinct().Count() == 10, "all were handled");
        }

        Assert.True(box.Function("Worker").Failures > 0);
    }

    private static bool IsVariables(string line) => line.StartsWith("variables ", StringComparison.Ordinal);

    private Task<StackBox> StartAsync(ExampleStacks stacks, int environments = 1) =>
        StackBox.StartAsync(
            stacks.Folder,
            new()
            {
                Dynalite = dynalite,
                Fauxqs = fauxqs,
                Redelivery = TimeSpan.FromMilliseconds(100),
                Environments = _ => environments,
            }
        );
}
