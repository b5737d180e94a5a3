using System.CommandLine;
using System.Net;
using AlertHub.Api.Sns;
using AlertHub.Local.Commands;
using Microsoft.Win32.SafeHandles;

namespace AlertHub.Local;

/// <summary>The options, spelled as Prometheus and Alertmanager spell theirs.</summary>
internal static class CommandLine
{
    /// <summary>Exit status for an option that makes no sense, as Prometheus's programs have it.</summary>
    public const int BadOption = 2;

    public static Task<int> RunAsync(string[] args, Func<LocalOptions, Task<int>> run)
    {
        var listen = new Option<IPEndPoint>("--web.listen-address")
        {
            Description = "Where to listen: host:port, [IPv6]:port, or :port for every interface.",
            HelpName = "address",
            DefaultValueFactory = static _ => ListenAddress.Parse(LocalOptions.DefaultListenAddress, out var _)!,
            CustomParser = static result =>
            {
                var text = result.Tokens[0].Value;
                var address = ListenAddress.Parse(text, out var objection);
                if (address is null)
                {
                    result.AddError($"--web.listen-address \"{text}\": {objection}");
                }

                return address;
            },
        };
        var storage = new Option<string>("--storage.path")
        {
            Description = "Folder that keeps the messages until they are delivered; made where it is missing.",
            HelpName = "folder",
            DefaultValueFactory = static _ => LocalOptions.DefaultStoragePath,
        };
        storage.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var folder }] && string.IsNullOrWhiteSpace(folder))
            {
                result.AddError(
                    $"--storage.path \"{folder}\": it must be a folder; without the option it is {LocalOptions.DefaultStoragePath}"
                );
            }
        });
        var topics = new Option<string[]>("--sns.topic")
        {
            Description =
                "ARN of an SNS topic that may post to /sns; its topic name may end in *. Repeat for more. Without it /sns refuses everything.",
            HelpName = "ARN",
        };
        topics.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static t => !SnsPolicy.IsPattern(t.Value)))
            {
                result.AddError(
                    $"--sns.topic \"{token.Value}\": it must be the ARN of a topic, arn:aws:sns:<region>:<account>:<name>; only the name may end in *"
                );
            }
        });
        var version2 = new Option<bool>("--sns.require-signature-v2")
        {
            Description = "Refuse SNS messages signed with SHA-1 (the topic's attribute SignatureVersion must be 2).",
        };
        var demo = new Option<bool>("--demo")
        {
            Description = "Show what every file of events/ looks like in Slack; send and store nothing.",
        };
        var command = new RootCommand(
            "AlertHub on one machine: takes alerts over HTTP, keeps them, and delivers them to Slack (SLACK_WEBHOOK_URL) or to this terminal."
        )
        {
            listen,
            storage,
            topics,
            version2,
            demo,
            CheckCommand.Make(),
            RoutesCommand.Make(),
        };
        // Before parsing: with commands below it, a root that does nothing would demand one of them.
        command.SetAction(
            (result, _) =>
                run(
                    new()
                    {
                        ListenAddress = result.GetRequiredValue(listen),
                        StoragePath = result.GetRequiredValue(storage),
                        SnsTopics = result.GetValue(topics) ?? [],
                        SnsRequireVersion2 = result.GetValue(version2),
                        Demo = result.GetValue(demo),
                    }
                )
        );

        NotedCommand.Show(command);
        var parsed = command.Parse(CommandWords.WithEmptyValues(command, args));
        if (parsed.Action != command.Action)
        {
            LeaveTerminalAlone();
        }

        if (CommandWords.Objection(parsed) is { } objection)
        {
            Console.Error.WriteLine($"alerthub: {objection.TrimEnd('.')} (--help lists the options)");
            return Task.FromResult(BadOption);
        }

        return parsed.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    /// <summary>.NET's own streams put a terminal into keypad mode, and nobody puts it back; what prints and is done needs none.</summary>
    private static void LeaveTerminalAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (!Console.IsOutputRedirected)
        {
            Console.SetOut(Writer(1));
        }

        if (!Console.IsErrorRedirected)
        {
            Console.SetError(Writer(2));
        }

        static StreamWriter Writer(int descriptor) =>
            new(new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0))
            {
                AutoFlush = true,
            };
    }
}
