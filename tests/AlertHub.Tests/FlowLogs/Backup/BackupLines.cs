using System.Text;
using AlertHub.Tests.Support;
using FlowLogs.Backup;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs.Backup;

/// <summary>An object of the backup, and its key.</summary>
public sealed class BackupLines
{
    private static readonly DateTimeOffset Arrived = new(2026, 11, 29, 12, 34, 56, 789, TimeSpan.Zero);

    [Fact]
    public void What_was_written_is_read() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                BackupLine[] lines = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Any(random))];

                var read = BackupText.Read(BackupText.Write(lines), 10_000_000);

                Assert.Equal(lines.Select(Told), read.Select(Told));
            },
            tests: 500
        );

    [Fact]
    public void Empty_lines_and_a_missing_end_are_no_matter()
    {
        const string Text = "\n{\"data\":\"YQ==\"}\r\n \t\n{\"data\":\"Yg==\"}";

        Assert.Equal(["a", "b"], BackupText.Read(Encoding.UTF8.GetBytes(Text), 1000).Select(Data));
        Assert.Empty(BackupText.Read(""u8.ToArray(), 1000));
    }

    [Fact]
    public void An_object_beyond_the_bound_is_refused() =>
        Assert.Equal(
            "it inflates to more than 10000 bytes",
            Assert
                .Throws<InvalidDataException>(() =>
                    BackupText.Read(BackupText.Write([Line(new string('a', 100_000))]), 10_000)
                )
                .Message
        );

    [Fact]
    public void The_line_that_is_wrong_is_named() =>
        Assert.Equal(
            "line 3 is not JSON: byte 1",
            Assert
                .Throws<InvalidDataException>(() =>
                    BackupText.Read(Encoding.UTF8.GetBytes("{\"data\":\"\"}\n\n{]"), 1000)
                )
                .Message
        );

    [Fact]
    public void A_key_tells_when_its_first_line_arrived_and_from_which_shard() =>
        Assert.Matches(
            "^undelivered/2026/11/29/12/34\\.56\\.789-shardId-000000000006-[^-]+-[0-9a-f]{16}\\.jsonl\\.gz$",
            BackupText.Key("undelivered/", [Line("a")])
        );

    [Fact]
    public void A_line_that_does_not_say_when_or_where_has_a_key_too() =>
        Assert.Matches(
            "^refused/1970/01/01/00/00\\.00\\.000-no-shard-[0-9a-f]{16}\\.jsonl\\.gz$",
            BackupText.Key(
                "refused/",
                [
                    new()
                    {
                        Reason = "r",
                        Record = new() { SequenceNumber = "", Data = "a"u8.ToArray() },
                    },
                ]
            )
        );

    [Fact]
    public void Keys_sort_as_their_lines_arrived()
    {
        DateTimeOffset[] times =
        [
            Arrived,
            Arrived.AddMilliseconds(1),
            Arrived.AddSeconds(1),
            Arrived.AddMinutes(1),
            Arrived.AddHours(1),
            Arrived.AddDays(3),
            Arrived.AddMonths(2),
        ];
        string[] keys =
        [
            .. times.Select(static time =>
            {
                var line = Line("a");
                // The same moment, told in another zone.
                var there = time.ToOffset(TimeSpan.FromHours(9));
                return BackupText.Key("p/", [line with { Record = line.Record with { Arrived = there } }]);
            }),
        ];

        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void The_same_lines_have_the_same_key_and_others_have_another()
    {
        var line = Line("a");
        var record = line.Record;
        BackupLine[][] others =
        [
            [line],
            [line with { Only = [] }],
            [line with { Only = [1] }],
            [line with { Only = [1, 2] }],
            [line with { Only = [12] }],
            [line with { Record = record with { Data = "b"u8.ToArray() } }],
            [line with { Record = record with { SequenceNumber = "50" } }],
            [line with { Record = record with { Stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/b" } }],
            [line, line],
            [line, Line("b")],
        ];

        Assert.Equal(
            others.Select(static lines => BackupText.Key("p/", lines)),
            others.Select(static lines => BackupText.Key("p/", lines)).Distinct()
        );
        Assert.Equal(BackupText.Key("p/", [Line("a")]), BackupText.Key("p/", [line with { Reason = "another" }]));
    }

    [Fact]
    public void Damaged_objects_are_refused_and_nothing_worse() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                var bytes = BackupText.Write([.. Enumerable.Range(0, 3).Select(_ => Any(random))]);
                for (var hits = random.Next(1, 5); hits > 0; hits--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                try
                {
                    _ = BackupText.Read(bytes, 1_000_000);
                }
                catch (InvalidDataException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            },
            tests: 2000
        );

    private static string Told(BackupLine line) =>
        string.Join(
            '|',
            line.Reason,
            line.Record.Stream,
            line.Record.Shard,
            line.Record.SequenceNumber,
            line.Record.PartitionKey,
            line.Record.Arrived?.UtcTicks,
            line.Only is null ? "*" : string.Join(',', line.Only),
            Convert.ToHexString(line.Record.Data.Span)
        );

    private static string Data(BackupLine line) => Encoding.UTF8.GetString(line.Record.Data.Span);

    private static BackupLine Line(string data) =>
        new()
        {
            Reason = "HEC is busy",
            Record = new()
            {
                SequenceNumber = "49",
                Shard = "shardId-000000000006",
                Stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/a",
                Arrived = Arrived,
                Data = Encoding.UTF8.GetBytes(data),
            },
        };

    private static BackupLine Any(Random random)
    {
        var data = new byte[random.Next(50)];
        random.NextBytes(data);
        string Text() => random.GetItems(["", "a", "é\U0001F525", "\"\\\n\u0001", "a b"], 1)[0];
        return new()
        {
            Reason = Text(),
            Only = random.Next(3) == 0 ? null : [.. Enumerable.Range(0, 20).Where(_ => random.Next(4) == 0)],
            Record = new()
            {
                SequenceNumber = Text(),
                Shard = Text(),
                Stream = Text(),
                PartitionKey = Text(),
                Arrived = random.Next(3) == 0 ? null : Arrived.AddMilliseconds(random.Next()),
                Data = data,
            },
        };
    }
}
