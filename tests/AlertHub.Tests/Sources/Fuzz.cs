using System.Text;
using AlertHub.Alerts;
using AlertHub.Sources;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Sources;

/// <summary>No input can crash ingest or be lost (invariant 5).</summary>
public sealed class Fuzz
{
    [Fact]
    public void A_damaged_sample_event_is_still_at_least_one_alert() =>
        Properties.ForAll(Properties.Mutations, mutation => IsRead(mutation.Bytes()), tests: 3000);

    [Fact]
    public void Any_bytes_are_at_least_one_alert() =>
        Properties.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsRead(bytes), tests: 1000);

    [Fact]
    public void Any_text_is_at_least_one_alert() =>
        Properties.ForAll(
            ArbMap.Default.ArbFor<string>(),
            text => IsRead(Encoding.UTF8.GetBytes(text ?? "")),
            tests: 1000
        );

    /// <summary>Found by the tests above.</summary>
    public static TheoryData<string> Found { get; } =
    [.. Repository.Cases("damaged-messages.txt").Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Found))]
    public void What_once_broke_a_source_does_not_any_more(string json) => IsRead(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Bytes_that_are_not_UTF_8_inside_a_known_message_are_shown_as_such()
    {
        byte[] message = [.. """{"AlarmName":"disk """u8, 0xD6, .. "\",\"NewStateValue\":\"ALARM\"}"u8];

        IsRead(message);
        Assert.Equal("disk \uFFFD", Assert.Single(Assert.Single(Some.NotificationsOf(message)).Alerts).Name);
    }

    [Fact]
    public void An_escaped_backslash_before_u_is_not_half_a_character() =>
        Assert.Equal(
            "C:\\ud83d 🔥 \uFFFD",
            Assert
                .Single(
                    Assert
                        .Single(
                            Some.NotificationsOf(
                                Encoding.UTF8.GetBytes(
                                    """{"AlarmName":"C:\\ud83d \ud83d\udd25 \ud83d","NewStateValue":"ALARM"}"""
                                )
                            )
                        )
                        .Alerts
                )
                .Name
        );

    private static void IsRead(byte[] bytes)
    {
        var messages = Envelope.Open(bytes, Some.Now);
        Assert.NotEmpty(messages);
        foreach (var message in messages)
        {
            var reading = Source.Read(message);
            Assert.NotEmpty(reading.Kind);
            Assert.NotEmpty(reading.Alerts);
            Assert.All(reading.Alerts, IsWhole);
            // Only where its producer may say so.
            Assert.All(
                reading.Alerts,
                alert =>
                    Assert.True(
                        alert.EndsAt is null || alert.EndsAt <= Some.Now || reading.Kind == "posted-alerts",
                        "it ends in the future"
                    )
            );
            Assert.True(reading.TruncatedAlerts >= 0);
        }
    }

    private static void IsWhole(Alert alert)
    {
        Assert.NotEmpty(alert.Labels);
        Assert.NotEmpty(alert.Name);
        Assert.All(alert.Labels.Concat(alert.Annotations), label => Assert.NotEmpty(label.Value));
        Assert.True(alert.StartsAt <= Some.Now, "it started in the future");
        Assert.True(alert.EndsAt is null || alert.EndsAt >= alert.StartsAt, "it ended before it started");
        Assert.All(alert.Labels.Concat(alert.Annotations), label => Assert.True(IsText(label.Value), label.ToString()));
    }

    /// <summary>Half a surrogate pair cannot be stored, hashed or sent.</summary>
    private static bool IsText(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(i + 1 < value.Length && char.IsSurrogatePair(value, i++)))
            {
                return false;
            }
        }

        return true;
    }
}
