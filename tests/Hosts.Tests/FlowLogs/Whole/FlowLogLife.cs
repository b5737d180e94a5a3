using System.Text;
using AlertHub;
using AlertHub.Aws.Logging;
using AlertHub.Configuration;
using Amazon.S3;
using FlowLogs.Backup;
using FlowLogs.Delivery;
using FlowLogs.Encoding;
using FlowLogs.Functions;
using FlowLogs.Hec;
using FlowLogs.Measures;
using FlowLogs.Records;
using FlowLogs.Selection;
using Hosts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.FlowLogs.Whole;

/// <summary>The functions in this process, each in an environment that is made anew when it has died.</summary>
internal sealed class FlowLogLife : IDisposable
{
    private readonly HecServer hec;
    private readonly HttpClient http;
    private readonly HecSettings settings;
    private readonly HastyTime hasty;
    private readonly int blockBytes;
    private StreamFunction stream;

    public FlowLogLife(HecServer hec, MortalBackup backup, Mortality mortality, Random random, TimeSpan timeout)
    {
        (this.hec, Backup) = (hec, backup);
        http = new(new MortalConnection(mortality)) { Timeout = Timeout.InfiniteTimeSpan };
        settings = new()
        {
            Url = hec.Url,
            MostEvents = random.Next(1, 40),
            MostBytes = random.Next(2_000, 40_000),
            InFlight = random.Next(1, 5),
            Attempts = random.Next(1, 4),
            Gzip = random.Next(2) == 0,
            Timeout = timeout,
            Channel = hec.HasAck ? Guid.NewGuid() : null,
        };
        hasty = new(settings.Timeout);
        blockBytes = random.Next(1, 60_000);
        stream = Stream();
    }

    public MortalBackup Backup { get; }

    /// <summary>How often an environment died.</summary>
    public int Deaths { get; private set; }

    /// <summary>Of the next invocations.</summary>
    public TimeSpan Left { get; set; } = TimeSpan.FromSeconds(60);

    public async Task<LambdaResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            using var input = new MemoryStream(payload.ToArray());
            var left = Left;
            using var answer = await stream.HandleAsync(input, new InvocationContext(() => left));
            using var text = new StreamReader(answer);
            return new() { Payload = Encoding.UTF8.GetBytes(await text.ReadToEndAsync(cancellationToken)) };
        }
        catch (DeathException)
        {
            Deaths++;
            stream = Stream();
            return new() { Error = new("Runtime.ExitError", "{}") };
        }
    }

    public async Task<Replayed?> ReplayAsync(params IReadOnlyList<string> prefixes)
    {
        try
        {
            return await new Replaying(
                Sender(),
                Backup,
                new(Backup, NullLogger<Asides>.Instance),
                Reports(),
                NullLogger<Replaying>.Instance
            ).RunAsync(prefixes, CancellationToken.None, CancellationToken.None);
        }
        catch (Exception e) when (e is DeathException or AmazonS3Exception)
        {
            Deaths++;
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private StreamFunction Stream() =>
        new(
            Sender(),
            new(Backup, NullLogger<Asides>.Instance),
            Reports(),
            TimeSpan.FromHours(1),
            TimeProvider.System,
            NullLogger<StreamFunction>.Instance
        );

    private Sender Sender() =>
        new(
            new(
                FlowFormat.Default,
                new(),
                EventFields.Enriched,
                new(FlowFilter.Parse("", FlowFormat.Default), new(1, FlowFormat.Default))
            )
            {
                BlockBytes = blockBytes,
            },
            new(http, settings, new SecretReference.Variable("TOKEN"), new TokenOf(hec), hasty, static () => 0.5)
        );

    private static Reports Reports() =>
        new(
            new MetricLog(System.IO.Stream.Null, "test", TimeProvider.System),
            new RejectBursts(0),
            null,
            "test",
            0,
            TimeProvider.System,
            NullLogger<Reports>.Instance
        );

    private sealed class TokenOf(HecServer hec) : ISecretSource
    {
        public ValueTask<Secret> GetAsync(
            SecretReference reference,
            bool refresh,
            CancellationToken cancellationToken
        ) => new(new Secret(hec.Token));
    }
}
