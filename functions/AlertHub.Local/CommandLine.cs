using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
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
        var (flags, foreign) = (new ServeFlags(), new ForeignFlags());
        var command = new RootCommand(
            "AlertHub on one machine, in Alertmanager's place: takes alerts over HTTP, keeps them, groups, silences and routes them by alertmanager.yml, and tells whom it names. It listens on this machine only (127.0.0.1:9093) unless told otherwise. Other flags of Alertmanager are taken and have no effect; the log says which and why."
        )
        {
            CheckCommand.Make(),
            RoutesCommand.Make(),
            ExplainCommand.Make(),
            DeadCommand.Make(),
        };
        foreach (var option in flags.All.Concat(foreign.All))
        {
            command.Add(option);
        }

        // Before parsing: with commands below it, a root that does nothing would demand one of them.
        command.SetAction((result, _) => run(flags.Read(result) with { Remarks = foreign.Remarks(result) }));
        SetVersion(command);
        NotedCommand.Show(command);
        var parsed = command.Parse(CommandWords.WithEmptyValues(command, CommandWords.WithoutNegations(command, args)));
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

    /// <summary>Laid out as Alertmanager's, which tools take apart.</summary>
    private static void SetVersion(RootCommand command)
    {
        foreach (var version in command.Options.OfType<VersionOption>())
        {
            version.Action = new PrintedVersion();
        }
    }

    private sealed class PrintedVersion : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var whole = typeof(CommandLine)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion;
            var (version, revision) = whole?.Split('+') switch
            {
                [var v, var r] => (v, r),
                _ => (whole ?? "0.0.0", "unknown"),
            };
            Console.Out.WriteLine($"alerthub, version {version} (branch: unknown, revision: {revision})");
            Console.Out.WriteLine($"  dotnet version:   {Environment.Version}");
            Console.Out.WriteLine($"  platform:         {RuntimeInformation.RuntimeIdentifier}");
            return 0;
        }
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
