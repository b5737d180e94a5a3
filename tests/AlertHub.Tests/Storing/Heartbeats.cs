using AlertHub.Alerts;
using AlertHub.Storing;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Storing;

public sealed class Heartbeats
{
    private static readonly TrackedAlert Known = new()
    {
        Alert = Some.Alert() with { EndsAt = Some.Now.AddMinutes(4) },
        UpdatedAt = Some.Now,
    };

    private static TrackedAlert Again(TimeSpan after, TimeSpan lasts) =>
        Known with
        {
            Alert = Known.Alert with { EndsAt = Some.Now + after + lasts },
            UpdatedAt = Some.Now + after,
        };

    [Theory]
    [InlineData(1, 4, true)]
    [InlineData(3.9, 4, true)]
    [InlineData(1, 4.9, true)]
    // Its end comes nearer.
    [InlineData(1, 2, false)]
    // It ends.
    [InlineData(1, 0, false)]
    // It had ended.
    [InlineData(4, 4, false)]
    // Somebody says that it will take long.
    [InlineData(1, 120, false)]
    public void Nothing_new_is_that_it_lasts_for_as_long_again(double after, double lasts, bool isHeartbeat) =>
        Assert.Equal(
            isHeartbeat,
            Heartbeat.IsBetween(Known, Again(TimeSpan.FromMinutes(after), TimeSpan.FromMinutes(lasts)))
        );

    [Fact]
    public void Whatever_else_is_said_of_it_is_new()
    {
        var again = Again(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));

        Assert.All(
            [
                again with
                {
                    IsTimeout = true,
                },
                again with
                {
                    Alert = again.Alert with { EndsAt = null },
                },
                again with
                {
                    Alert = again.Alert with { StartsAt = again.Alert.StartsAt.AddTicks(1) },
                },
                again with
                {
                    Alert = again.Alert with { StartsAt = again.Alert.StartsAt.ToOffset(TimeSpan.FromHours(1)) },
                },
                again with
                {
                    Alert = again.Alert with { Annotations = Some.Labels(("summary", "worse")) },
                },
                again with
                {
                    Alert = again.Alert with { GeneratorUrl = new("http://prometheus/") },
                },
                again with
                {
                    UpdatedAt = Known.UpdatedAt.AddTicks(-1),
                },
            ],
            other => Assert.False(Heartbeat.IsBetween(Known, other))
        );
    }

    [Fact]
    public void One_is_read_as_it_was_written()
    {
        DateTimeOffset?[] ends = [null, Some.Now, Some.Now.ToOffset(TimeSpan.FromHours(-13)), DateTimeOffset.MaxValue];
        Assert.All(
            ends,
            end =>
            {
                var heartbeat = new Heartbeat(ulong.MaxValue - 1, end, Some.Now.AddTicks(1));
                var bytes = new byte[Heartbeat.Size];
                heartbeat.Write(bytes);

                Assert.Equal(heartbeat, Heartbeat.Read(bytes));
                Assert.Equal(end?.Offset, Heartbeat.Read(bytes).EndsAt?.Offset);
            }
        );
    }
}
