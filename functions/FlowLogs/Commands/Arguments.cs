using System.Globalization;
using FlowLogs.Encoding;
using FlowLogs.Records;
using FlowLogs.Selection;

namespace FlowLogs.Commands;

/// <summary>What <c>convert</c> was told.</summary>
internal sealed record Arguments
{
    public required FlowFormat Format { get; init; }

    public required HecMetadata Metadata { get; init; }

    /// <summary>What is written.</summary>
    public required Choice Choice { get; init; }

    public required EventFields Fields { get; init; }

    public string? File { get; init; }

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static Arguments Parse(ReadOnlySpan<string> words)
    {
        var format = FlowFormat.Default;
        var metadata = new HecMetadata();
        var (keep, sample, fields) = ("", 1, EventFields.Enriched);
        string? file = null;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (word.Length < 2 || word[0] != '-')
            {
                file = file is null ? word : throw new FormatException($"\"{word}\" is a second file; one is read.");
                continue;
            }

            var value = i + 1 < words.Length ? words[++i] : throw new FormatException($"\"{word}\" is without value.");
            switch (word)
            {
                case "--format":
                    format = FlowFormat.Parse(value);
                    break;
                case "--keep":
                    keep = value;
                    break;
                case "--sample":
                    sample =
                        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate >= 1
                            ? rate
                            : throw new FormatException($"--sample is \"{value}\"; write a number from 1 on.");
                    break;
                case "--fields":
                    fields =
                        EventWords.Parse(value)
                        ?? throw new FormatException($"--fields is \"{value}\"; write {EventWords.All}.");
                    break;
                case "--source":
                    metadata = metadata with { Source = value };
                    break;
                case "--sourcetype":
                    metadata = metadata with { Sourcetype = value };
                    break;
                case "--host":
                    metadata = metadata with { Host = value };
                    break;
                case "--index":
                    metadata = metadata with { Index = value };
                    break;
                default:
                    throw new FormatException($"\"{word}\" is no option.");
            }
        }

        _ = metadata.Checked();
        return new()
        {
            Format = format,
            Metadata = metadata,
            Choice = new(FlowFilter.Parse(keep, format), new(sample, format)),
            Fields = fields,
            File = file is "-" ? null : file,
        };
    }
}
