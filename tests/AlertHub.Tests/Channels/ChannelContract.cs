using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels;

/// <summary>What holds for every destination. A new channel is a subclass.</summary>
public abstract class ChannelContract
{
    /// <summary>A channel to a destination that takes everything.</summary>
    protected abstract IChannel Create();

    /// <summary>A channel to a destination that cannot be reached.</summary>
    protected abstract IChannel CreateBroken();

    public static TheoryData<int> Counts { get; } = [1, 2, 10, 11, 500];

    public static TheoryData<string> AllSamples => Samples.All;

    [Fact]
    public void Its_name_is_a_word_for_logs_and_configuration() => Assert.Matches("^[a-z][a-z0-9-]*$", Create().Name);

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task It_delivers_any_number_of_alerts(int count) =>
        Assert.IsType<DeliveryResult.Delivered>(
            await Create().SendAsync(Some.Notification(Some.AlertsNumbering(count)), CancellationToken.None)
        );

    [Fact]
    public async Task It_delivers_what_is_resolved() =>
        Assert.IsType<DeliveryResult.Delivered>(
            await Create().SendAsync(Some.Notification(Some.Resolved()), CancellationToken.None)
        );

    [Theory]
    [MemberData(nameof(AllSamples))]
    public async Task It_delivers_every_sample_event(string sample)
    {
        var channel = Create();
        foreach (var notification in Some.NotificationsOf(Samples.Bytes(sample)))
        {
            Assert.IsType<DeliveryResult.Delivered>(await channel.SendAsync(notification, CancellationToken.None));
        }
    }

    [Fact]
    public async Task It_delivers_several_at_once()
    {
        var channel = Create();

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    Task.Run(() => channel.SendAsync(Some.Notification(Some.Alert($"{i}")), CancellationToken.None))
                )
        );

        Assert.All(results, result => Assert.IsType<DeliveryResult.Delivered>(result));
    }

    [Fact]
    public async Task A_destination_out_of_reach_is_a_result_and_no_exception()
    {
        var result = await CreateBroken().SendAsync(Some.Notification(), CancellationToken.None);

        var reason = result switch
        {
            DeliveryResult.TryLater later => later.Reason,
            DeliveryResult.Ambiguous ambiguous => ambiguous.Reason,
            _ => throw new Xunit.Sdk.XunitException($"{result}"),
        };
        Assert.NotEmpty(reason);
        Assert.DoesNotContain("\n", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Create().SendAsync(Some.Notification(), new CancellationToken(canceled: true))
        );
}
