using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AlertHub.Local.Commands;

/// <summary>A command that prints and is done. Its help ends in what neither its description nor its options have room for.</summary>
internal sealed class NotedCommand(string name, string description) : Command(name, description)
{
    public string Notes { get; set; } = "";

    /// <summary>What it does and its exit code; output that cannot be written is no crash.</summary>
    public void Does(Func<ParseResult, int> action) => SetAction(result => Print(() => action(result)));

    /// <summary>Has the help of a root and of all below it print their notes.</summary>
    public static void Show(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            if (help.Action is SynchronousCommandLineAction action)
            {
                help.Action = new NotedHelp(action);
            }
        }
    }

    private sealed class NotedHelp(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult result) =>
            Print(() =>
            {
                var status = help.Invoke(result);
                if (result.CommandResult.Command is NotedCommand { Notes: var notes })
                {
                    result.InvocationConfiguration.Output.WriteLine($"{notes}\n");
                }

                return status;
            });
    }

    private static int Print(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"alerthub: standard output cannot be written: {e.Message}");
            return CheckCommand.Failed;
        }
    }
}
