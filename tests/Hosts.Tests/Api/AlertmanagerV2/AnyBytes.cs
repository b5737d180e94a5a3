using System.Buffers;
using System.Text;
using System.Text.Json;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Muting;

namespace Hosts.Tests.Api.AlertmanagerV2;

public sealed class AnyBytes
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly byte[][] Bodies =
    [
        .. WireCase.Read("posted-alerts.txt").Select(row => row.Body),
        .. WireCase.Read("posted-silences.txt").Select(row => row.Body),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_posted_there_is_a_verdict_and_what_is_kept_can_be_written(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++)
        {
            var body = Damaged(random);
            var answer = new ArrayBufferWriter<byte>();
            if (AlertsBody.Read(body, new(), out var refusal) is { } posted)
            {
                var taken = AlertsBody.Take(posted, Now, TimeSpan.FromMinutes(5), out refusal);
                Answers.Alerts(answer, taken.Select(alert => new ShownAlert { Alert = alert, Receivers = ["a"] }));
                IsJson(answer);
            }
            else
            {
                Assert.NotNull(refusal);
            }

            if (SilenceBody.Read(body, new(), out var silenceRefusal) is { } silence)
            {
                silence.Request.Apply(null, "id", Now);
            }
            else
            {
                Assert.NotNull(silenceRefusal);
            }

            answer.Clear();
            (refusal ?? silenceRefusal)?.Write(answer);
            IsJson(answer);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Whatever_is_asked_there_is_a_verdict(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var text = Encoding.Latin1.GetString(Damaged(random));
            var query = new QueryText($"filter={text}&receiver={text}&active={text}");
            Assert.True(AlertsQuery.Parse(query, out var refusal) is not null == refusal is null);
            Assert.True(SilencesQuery.Parse(query, out refusal) is not null == refusal is null);
            RequestForm.ContentType(text, null);
            RequestForm.Accept([text]);
            RequestForm.SilenceId(text);
            WireTime.Parse(text);
        }
    }

    [Theory]
    [InlineData("0000-02-29T00:00:00Z", 1)]
    [InlineData("0001-01-01T00:00:00+01:00", 1)]
    [InlineData("0001-01-01T00:00:00Z", 0)]
    [InlineData("0000-12-31T23:00:00-01:00", 0)]
    public void Times_before_the_first_year_are_its_beginning(string text, long ticks) =>
        Assert.Equal(ticks, WireTime.Parse(text)?.UtcTicks);

    [Fact]
    public void Times_after_the_last_year_are_its_end() =>
        Assert.Equal(DateTimeOffset.MaxValue.UtcTicks - 1, WireTime.Parse("9999-12-31T23:59:59-01:00")?.UtcTicks);

    [Theory]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("a:b")]
    public void Addresses_that_the_platform_cannot_hold_are_left_out_and_the_alert_is_taken(string address)
    {
        var body = Encoding.UTF8.GetBytes($$"""[{"labels":{"a":"b"},"generatorURL":"{{address}}"}]""");
        Assert.Null(Assert.Single(AlertsBody.Read(body, new(), out _)!).GeneratorUrl);
    }

    [Fact]
    public void Every_objection_names_its_place()
    {
        AlertsBody.Read("""[{"labels":{}},{"labels":{"a":"b"},"endsAt":"soon"}]"""u8, new(), out var refusal);
        Assert.StartsWith("1.endsAt in body is no time: \"soon\"", refusal?.Message);

        var posted = AlertsBody.Read("""[{"labels":{"a":"b"}},{"labels":{}},{"labels":{"":"x"}}]"""u8, new(), out _)!;
        Assert.Single(AlertsBody.Take(posted, Now, null, out refusal));
        Assert.Matches("^1: .*; 2: ", refusal?.Message);
    }

    [Fact]
    public void Annotations_of_a_silence_are_read_and_written()
    {
        var body =
            """
            {"matchers":[{"name":"a","value":"b","isRegex":false}],"startsAt":"2026-01-01T00:00:00Z",
             "endsAt":"2099-01-01T00:00:00Z","createdBy":"me","comment":"c","annotations":{"ticket":"OPS-1"}}
            """u8;
        var kept = (SilenceOutcome.Kept)SilenceBody.Read(body, new(), out _)!.Request.Apply(null, "id", Now);
        var answer = new ArrayBufferWriter<byte>();
        Answers.Silence(answer, kept.Silence, Now);
        Assert.Contains(
            """
            "annotations":{"ticket":"OPS-1"},"comment":"c"
            """,
            Encoding.UTF8.GetString(answer.WrittenSpan)
        );
    }

    [Fact]
    public void Silences_are_shown_active_ones_first_by_end_then_pending_ones_by_start_then_expired_ones_latest_first()
    {
        Silence Of(string id, int from, int to) =>
            new()
            {
                Id = id,
                Matchers = [],
                StartsAt = Now.AddHours(from),
                EndsAt = Now.AddHours(to),
                UpdatedAt = Now,
            };
        Silence[] silences =
        [
            Of("e1", -5, -3),
            Of("p2", 2, 3),
            Of("a2", -1, 2),
            Of("e0", -5, -1),
            Of("a1", -3, 1),
            Of("p1", 1, 9),
            Of("a0", -1, 1),
        ];
        Assert.Equal(
            ["a0", "a1", "a2", "p1", "p2", "e0", "e1"],
            silences.Order(new SilenceOrder(Now)).Select(silence => silence.Id)
        );
    }

    private static void IsJson(ArrayBufferWriter<byte> answer)
    {
        if (answer.WrittenCount > 0)
        {
            using var document = JsonDocument.Parse(answer.WrittenMemory);
        }
    }

    private static byte[] Damaged(Random random)
    {
        List<byte> body = [.. Bodies[random.Next(Bodies.Length)]];
        for (var n = random.Next(4); n > 0 && body.Count > 0; n--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(4))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, Math.Min(random.Next(1, 9), body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 30), body.Count - at)));
                    break;
                default:
                    body.InsertRange(at, Bodies[random.Next(Bodies.Length)]);
                    break;
            }
        }

        return [.. body];
    }
}
