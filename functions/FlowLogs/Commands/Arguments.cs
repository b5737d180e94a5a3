using FlowLogs.Encoding;
using FlowLogs.Records;

namespace FlowLogs.Commands;

/// <summary>What <c>convert</c> was told.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        flowlogs convert [--format FORMAT] [--source T] [--sourcetype T] [--host T] [--index T] [FILE]

        Reads VPC flow logs and writes Splunk HEC events, one on a line. FILE is lines of records, a subscription's message
        of CloudWatch Logs, either of them plain or with gzip, or Lambda's event of a Kinesis stream that has such messages;
        standard input without FILE.

          --format  fields of a record, as AWS writes them: '${version} ${account-id} ...'; version 2 without it
          T         a template of {log_group}, {log_stream}, {account}, {region}, {interface_id}

        Ends with 0, with 1 if lines were no records (they are written with parse_error), with 2 if
        something could not be read at all.
        """;

    public required FlowFormat Format { get; init; }

    public required HecMetadata Metadata { get; init; }

    public string? File { get; init; }

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static Arguments Parse(ReadOnlySpan<string> words)
    {
        var format = FlowFormat.Default;
        var metadata = new HecMetadata();
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
            File = file is "-" ? null : file,
        };
    }
}
