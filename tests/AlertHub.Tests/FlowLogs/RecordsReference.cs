using System.Globalization;
using System.Text;
using AlertHub.Tests.Support;
using FlowLogs.Records;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs;

/// <summary>The parser beside one that is slow and obvious.</summary>
public sealed class RecordsReference
{
    private static readonly string[] Names = [.. FlowField.Catalogue.Select(static field => field.Name), "new-field"];

    [Fact]
    public void Lines_are_read_as_the_obvious_parser_reads_them() =>
        Properties.ForAll(Gen.Choose(0, int.MaxValue), Compare, tests: 5000);

    [Fact]
    public void Any_bytes_are_read_as_something() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                var bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                var record = new FlowRecord(FlowFormat.Parse("version region start"));
                if (record.Read(bytes).IsNone)
                {
                    _ = record.Status(bytes);
                    _ = record.Decoded(bytes, 1);
                }
            },
            tests: 2000
        );

    private static void Compare(int seed)
    {
        var random = new Random(seed);
        var names = random.GetItems(Names, random.Next(1, 40)).Distinct().ToArray();
        var format = FlowFormat.Parse(string.Join(' ', names));
        var text = Line(random, format);
        var line = Encoding.UTF8.GetBytes(text);
        var record = new FlowRecord(format);

        var problem = record.Read(line);

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Expected(format, words), problem);
        for (var i = 0; problem.IsNone && i < words.Length; i++)
        {
            Assert.Equal(words[i], Encoding.UTF8.GetString(record.Text(line, i)));
            Assert.Equal(words[i] == "-", record.IsAbsent(line, i));
            if (format.Fields[i].Type != FlowType.Text)
            {
                Assert.Equal(
                    words[i] == "-" ? -1 : long.Parse(words[i], CultureInfo.InvariantCulture),
                    record.Number(i)
                );
            }
        }
    }

    private static FlowProblem Expected(FlowFormat format, string[] words)
    {
        if (words.Length != format.Fields.Length)
        {
            return words.Length < format.Fields.Length
                ? new(FlowFault.TooFewFields, words.Length)
                : new(FlowFault.TooManyFields, format.Fields.Length);
        }

        for (var i = 0; i < words.Length; i++)
        {
            var most = format.Fields[i].Type == FlowType.Int32 ? int.MaxValue : long.MaxValue;
            if (format.Fields[i].Type == FlowType.Text || words[i] == "-")
            {
                continue;
            }

            if (!words[i].All(char.IsAsciiDigit))
            {
                return new(FlowFault.NotANumber, i);
            }

            if (System.Numerics.BigInteger.Parse(words[i], CultureInfo.InvariantCulture) > most)
            {
                return new(FlowFault.TooLarge, i);
            }
        }

        return default;
    }

    /// <summary>A line of the format; every third is damaged: a field too few or too many, a letter in a number, a number too large.</summary>
    private static string Line(Random random, FlowFormat format)
    {
        var words = format.Fields.Select(field => Value(random, field.Type)).ToList();
        switch (random.Next(12))
        {
            case 0:
                words.RemoveAt(random.Next(words.Count));
                break;
            case 1:
                words.Insert(random.Next(words.Count), "17");
                break;
            case 2:
                words[random.Next(words.Count)] += "x";
                break;
            case 3:
                words[random.Next(words.Count)] =
                    random.NextInt64().ToString(CultureInfo.InvariantCulture) + random.Next(20);
                break;
            default:
                break;
        }

        var line = new StringBuilder(new string(' ', random.Next(8) / 7));
        foreach (var word in words)
        {
            line.Append(word).Append(' ', random.Next(10) == 0 ? 2 : 1);
        }

        return random.Next(3) == 0 ? line.ToString() : line.ToString().TrimEnd();
    }

    private static string Value(Random random, FlowType type) =>
        (type, random.Next(6)) switch
        {
            (_, 0) => "-",
            (FlowType.Text, 1) => new string('é', random.Next(1, 40)),
            (FlowType.Text, _) => new string('a', random.Next(1, 40)),
            (FlowType.Int32, _) => random.Next().ToString(CultureInfo.InvariantCulture),
            _ => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        };
}
