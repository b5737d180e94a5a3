using AlertHub.Aws;
using AlertHub.Aws.Logging;
using FlowLogs.Functions;

namespace FlowLogs.Commands;

/// <summary>What a person calls.</summary>
internal static class Command
{
    public const string Usage = """
        flowlogs convert [--format FORMAT] [--keep CONDITIONS] [--sample N] [--fields none|record|enriched]
                         [--source T] [--sourcetype T] [--host T] [--index T] [FILE]

        Reads VPC flow logs and writes Splunk HEC events, one on a line. FILE is lines of records, a subscription's message
        of CloudWatch Logs, either of them plain or with gzip, or Lambda's event of a Kinesis stream that has such messages;
        standard input without FILE. Nothing is sent.

          --format  fields of a record, as AWS writes them: '${version} ${account-id} ...'; version 2 without it
          --keep    records to write, such as 'action=REJECT dstport!=443|80'; all without it
          --sample  of accepted traffic one record in N
          T         a template of {log_group}, {log_stream}, {account}, {region}, {interface_id}

        Ends with 0, with 1 if lines were no records (they are written with parse_error), with 2 if something could not be
        read at all.

        flowlogs replay [--from PREFIX] [--folder FOLDER]

        Delivers the objects of the backup whose keys begin with PREFIX, in their order, and removes them:
        'refused/' once Splunk would take them, 'unreadable/' once this program can read them. Without it, those that are
        delivered by themselves. FOLDER is a copy of the bucket, as 'aws s3 sync' makes it, and is worked on in the bucket's
        place. Environment variables say all else, as they do for the function: FLOW_LOGS_BUCKET,
        FLOW_LOGS_HEC_URL, FLOW_LOGS_HEC_TOKEN (ssm:/name, env:NAME or file:PATH), AWS_REGION and the others.

        Ends with 0, with 1 if something is left, with 2 if it could not begin.
        """;

    public static async Task<int> RunAsync(
        IReadOnlyList<string> words,
        Stream input,
        Stream output,
        TextWriter errors,
        Func<string, string?> variable
    )
    {
        if (words is [] || words.Any(static word => word is "--help" or "-h" or "help"))
        {
            using var shown = new StreamWriter(output, leaveOpen: true);
            (words is [] ? errors : shown).WriteLine(Usage);
            return words is [] ? 2 : 0;
        }

        try
        {
            return words[0] switch
            {
                "convert" => Conversion.Run([.. words.Skip(1)], input, output, errors),
                "replay" => await ReplayAsync([.. words.Skip(1)], errors, variable).ConfigureAwait(false),
                _ => throw new FormatException($"\"{words[0]}\" is no command; there are \"convert\" and \"replay\"."),
            };
        }
        catch (Exception e)
            when (e
                    is FormatException
                        or SettingException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or Amazon.Runtime.AmazonClientException
                        or Amazon.Runtime.AmazonServiceException
            )
        {
            errors.WriteLine($"flowlogs: {e.Message}");
            return 2;
        }
    }

    private static async Task<int> ReplayAsync(string[] words, TextWriter errors, Func<string, string?> variable)
    {
        var (prefixes, folder) = (Replaying.ByItself, (string?)null);
        foreach (var option in words.Chunk(2))
        {
            (prefixes, folder) = option switch
            {
                ["--from", { Length: > 0 } prefix] => ([prefix], folder),
                ["--folder", { Length: > 0 } path] when Directory.Exists(path) => (prefixes, path),
                ["--folder", { Length: > 0 } path] => throw new FormatException($"there is no folder \"{path}\"."),
                _ => throw new FormatException(
                    "replay takes --from and a prefix, --folder and a folder, and nothing else."
                ),
            };
        }

        using var logs = new LambdaLogs(variable);
        using var stop = new CancellationTokenSource();
        // What is under way is told to end; what it left is written down all the same.
        ConsoleCancelEventHandler cancel = (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += cancel;
        try
        {
            var replayed = await Composition
                .Replay(variable, logs, Stream.Null, folder)
                .RunAsync(prefixes, stop.Token, CancellationToken.None)
                .ConfigureAwait(false);
            errors.WriteLine(
                $"flowlogs: {replayed.Events} events of {replayed.Objects} objects were delivered{(replayed.Stopped is { } why ? $"; it stopped, since {why}" : "")}."
            );
            return replayed.Stopped is null ? 0 : 1;
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
        }
    }
}
