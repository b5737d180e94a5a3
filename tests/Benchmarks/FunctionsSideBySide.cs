using System.Diagnostics;
using Hosts.Tests.Support;
using Tests.Support;

namespace Benchmarks;

/// <summary>
/// Our function beside Python functions, whole processes in turn under one Runtime API: from the start of the process to
/// the first message at Slack, and from an invocation to its message once warm. Ratios are what to read: all run on the
/// same machine in the same minutes.
/// </summary>
internal static class FunctionsSideBySide
{
    private const int WarmInvocations = 2000;

    /// <summary>Debian's, not one that a person installed.</summary>
    private const string Python = "/usr/bin/python3";

    private sealed record Contender(string Name, string Program, string[] Arguments)
    {
        public List<double> Cold { get; } = [];

        public List<double> Warm { get; } = [];

        /// <summary>Reads the webhook from Parameter Store.</summary>
        public bool Parameter { get; init; }
    }

    public static async Task RunAsync(int rounds)
    {
        var root = Cdk.Root();
        var managed = Path.Combine(root, "artifacts/benchmarks/managed");
        var native = Path.Combine(root, "artifacts/benchmarks/native");
        Publishing.Release(root, "functions/AlertHub.Lambda", managed, "-p:UseAppHost=false");
        Publishing.Release(
            root,
            "functions/AlertHub.Lambda",
            native,
            "-p:HubTargetFramework=net9.0",
            "-p:HubPackaging=native"
        );

        var python = Path.Combine(AppContext.BaseDirectory, "python");
        string[] loop = [Path.Combine(python, "runtime.py")];
        string[] dll = ["exec", Path.Combine(managed, "AlertHub.Lambda.dll")];
        var program = Path.Combine(native, "AlertHub.Lambda");
        Contender[] contenders =
        [
            new("native", program, []),
            new("managed", "dotnet", dll),
            new("Python, urllib3", Python, [.. loop, "with_urllib3"]),
            new("Python, boto3 imported", Python, [.. loop, "with_boto3"]),
            new("native, Parameter Store", program, []) { Parameter = true },
            new("managed, Parameter Store", "dotnet", dll) { Parameter = true },
            new("Python, boto3, Parameter Store", Python, [.. loop, "with_parameter"]) { Parameter = true },
        ];

        var payload = await File.ReadAllBytesAsync(Path.Combine(root, "events/sns/elastic-beanstalk-4xx-alarm.json"));
        for (var round = -1; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                // The first round fills the page cache and counts for nothing.
                await MeasureAsync(contender, payload, counts: round >= 0);
            }
        }

        Print(contenders, rounds);
    }

    private static async Task MeasureAsync(Contender contender, byte[] payload, bool counts)
    {
        await using var lambda = await LambdaRuntimeApi.StartAsync();
        await using var slack = await SlackSink.StartAsync();
        var start = new ProcessStartInfo(contender.Program, contender.Arguments) { RedirectStandardOutput = true };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = lambda.Endpoint;
        start.Environment["ALERTHUB_FUNCTION"] = "SlackNotifier";
        start.Environment["SLACK_WEBHOOK_URL"] = contender.Parameter ? "ssm:/webhook" : slack.Webhook;
        start.Environment["AWS_ENDPOINT_URL"] = slack.Url;
        start.Environment["AWS_ENDPOINT_URL_SSM"] = slack.Url;
        start.Environment["AWS_DEFAULT_REGION"] = start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI";

        // Lambda's side is not what is measured: it has answered before, as the real one has.
        using (var client = new HttpClient())
        {
            using var state = await client.PostAsync(
                $"http://{lambda.Endpoint}/2018-06-01/runtime/invocation/none/response",
                null
            );
            using var slackAnswer = await client.PostAsync(slack.Webhook, null);
            slack.Next();
        }

        var first = lambda.InvokeAsync(payload);
        var startedAt = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var cold = Stopwatch.GetElapsedTime(startedAt, slack.Next());
        await first;

        var warm = new double[WarmInvocations];
        for (var i = 0; i < warm.Length; i++)
        {
            var invokedAt = Stopwatch.GetTimestamp();
            var invocation = lambda.InvokeAsync(payload);
            warm[i] = Stopwatch.GetElapsedTime(invokedAt, slack.Next()).TotalMilliseconds;
            await invocation;
        }

        process.Kill();
        await process.WaitForExitAsync();
        if (counts)
        {
            contender.Cold.Add(cold.TotalMilliseconds);
            contender.Warm.Add(Median(warm[(WarmInvocations / 2)..]));
        }
    }

    private static void Print(Contender[] contenders, int rounds)
    {
        Console.WriteLine(
            $"{rounds} rounds, {WarmInvocations} warm invocations each; milliseconds, median (minimum)\n"
        );
        Console.WriteLine("| function | start to Slack | warm |\n|---|---|---|");
        foreach (var contender in contenders)
        {
            Console.WriteLine(
                $"| {contender.Name} | {Median(contender.Cold):0.0} ({contender.Cold.Min():0.0}) | {Median(contender.Warm):0.00} ({contender.Warm.Min():0.00}) |"
            );
        }

        Console.WriteLine("\n| ratio of medians, round by round | start | warm |\n|---|---|---|");
        foreach (var (ours, theirs) in ((int, int)[])[(0, 2), (0, 3), (1, 2), (1, 3), (4, 6), (5, 6)])
        {
            var (a, b) = (contenders[ours], contenders[theirs]);
            Console.WriteLine($"| {b.Name} / {a.Name} | {Ratio(b.Cold, a.Cold):0.0} | {Ratio(b.Warm, a.Warm):0.0} |");
        }
    }

    private static double Ratio(List<double> theirs, List<double> ours) =>
        Median([.. theirs.Zip(ours, static (t, o) => t / o)]);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
