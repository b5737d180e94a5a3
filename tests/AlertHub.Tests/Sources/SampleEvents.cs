using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

public sealed class SampleEvents
{
    public static TheoryData<string> All => Samples.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_sample_event_becomes_the_approved_alerts(string sample)
    {
        var messages = Envelope.Open(Samples.Bytes(sample), Some.Now).Select(m => (m, Source.Read(m))).ToArray();

        Assert.NotEmpty(messages);
        Assert.All(messages, m => Assert.NotEmpty(m.Item2.Alerts));
        Approved.Matches($"alerts/{Path.ChangeExtension(sample, ".txt")}", AlertText.Of(messages, Some.Now));
    }

    [Fact]
    public void Every_approved_file_has_its_sample_event() =>
        Assert.Equal(
            [],
            Approved
                .Under("alerts")
                .Except(Samples.Names.Select(name => $"alerts/{Path.ChangeExtension(name, ".txt")}"))
        );

    [Theory]
    [MemberData(nameof(All))]
    public void A_sample_event_is_read_the_same_way_again(string sample)
    {
        var (first, again) = (Some.NotificationsOf(Samples.Bytes(sample)), Some.NotificationsOf(Samples.Bytes(sample)));

        Assert.Equal(
            first.SelectMany(n => n.Alerts).Select(a => a.Labels.FingerprintText),
            again.SelectMany(n => n.Alerts).Select(a => a.Labels.FingerprintText)
        );
    }
}
