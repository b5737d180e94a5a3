using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AlertHub.Routing;

namespace AlertHub.Local.Commands;

/// <summary><c>routes FILE [label=value...]</c>: the routing tree, or the way of one alert through it.</summary>
internal static class RoutesCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "alertmanager.yml; - for standard input." };
        var labels = new Argument<string[]>("label=value")
        {
            Description = "Labels of an alert; without any the tree is drawn.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        file.Validators.Add(CheckCommand.RefuseOptions);
        file.Validators.Add(CheckCommand.RefuseEmpty);
        file.Validators.Add(RefuseWordsOfAmtool);
        labels.Validators.Add(CheckCommand.RefuseOptions);
        var hub = CheckCommand.HubOption();
        var all = new Option<bool>("--all") { Description = "List every route that the alert passes by." };
        var time = new Option<DateTimeOffset?>("--time")
        {
            Description =
                "The moment for time intervals, such as 2026-12-24T18:00:00+01:00; without a zone it is UTC. Now if not given.",
            HelpName = "time",
            CustomParser = static result =>
            {
                var text = result.Tokens[0].Value;
                if (
                    DateTimeOffset.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out var moment
                    )
                )
                {
                    return moment;
                }

                result.AddError($"--time \"{text}\": it must be a day and a time, such as 2026-12-24T18:00:00Z");
                return null;
            },
        };
        var expected = new Option<string?>("--verify.receivers")
        {
            Description =
                "Receivers, parted by commas, that the alert must reach in this order, or the exit code is 1.",
            HelpName = "names",
        };
        var keys = new Option<bool>("--keys")
        {
            Description =
                "List the routes with their keys in quotes, as hub.yml calls them, instead of drawing the tree.",
        };
        var command = new NotedCommand(
            "routes",
            "Draw the routing tree, or show which receivers an alert reaches and why."
        )
        {
            file,
            labels,
            hub,
            keys,
            all,
            time,
            expected,
        };
        command.Notes = """
            Labels are written severity=page, or as they are printed: '{severity="page", team="db"}'.

            Exit codes:
              0  the tree, or the way of the alert, was printed
              1  the configuration has an error or cannot be read, or other receivers than those of
                 --verify.receivers are reached
              2  the command line makes no sense; a label given twice is among that
            """;
        command.Validators.Add(result => CheckCommand.RefuseSecondInput(result, file, hub));
        command.Validators.Add(result => RefuseIdle(result, labels, keys, [all, time, expected]));
        command.Does(result =>
        {
            if (CheckCommand.Load(result.GetRequiredValue(file), result.GetValue(hub)) is not { } config)
            {
                return CheckCommand.Failed;
            }

            var given = result.GetValue(labels) ?? [];
            var tree = RoutingTree.Compile(config.Alertmanager.Route);
            if (given.Length == 0)
            {
                Console.Out.Write(
                    result.GetValue(keys) ? RouteListing.Of(tree, config.Routes) : RouteDrawing.Of(tree, config.Routes)
                );
                return 0;
            }

            if (LabelArguments.Parse(given, out var objection) is not { } alert)
            {
                Console.Error.WriteLine($"alerthub: {objection}");
                return CommandLine.BadOption;
            }

            var explanation = new RouteExplanation(
                config,
                tree,
                alert,
                result.GetValue(time) ?? TimeProvider.System.GetUtcNow()
            );
            Console.Out.Write(explanation.Text(result.GetValue(all)));
            return Verify(explanation.Receivers, result.GetValue(expected));
        });
        return command;
    }

    /// <summary>amtool has commands below its own of this name; here the file comes next.</summary>
    private static void RefuseWordsOfAmtool(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: var word }] && word is "show" or "test" && !File.Exists(word))
        {
            result.AddError(
                $"\"{word}\": routes takes the file at once: \"routes FILE\" draws the tree, \"routes FILE label=value\" tests it"
            );
        }
    }

    /// <summary>An option that changes nothing was meant to change something.</summary>
    private static void RefuseIdle(
        CommandResult result,
        Argument<string[]> labels,
        Option<bool> keys,
        IReadOnlyList<Option> ofAnAlert
    )
    {
        var alert = result.GetResult(labels) is { Tokens.Count: > 0 };
        if (alert && result.GetResult(keys) is { Implicit: false })
        {
            result.AddError("--keys lists all routes; leave it away, or the labels");
        }

        var idle = ofAnAlert.FirstOrDefault(option =>
            result.GetResult(option) is { Implicit: false } given && !given.Tokens.Any(static t => t.Value.Length == 0)
        );
        if (!alert && idle is not null)
        {
            result.AddError($"{idle.Name} is about an alert; give its labels, such as severity=page");
        }
    }

    private static int Verify(IReadOnlyList<string> reached, string? expected)
    {
        if (
            string.IsNullOrEmpty(expected) || reached.SequenceEqual(expected.Split(',', StringSplitOptions.TrimEntries))
        )
        {
            return 0;
        }

        Console.Error.WriteLine(
            $"alerthub: the alert should reach \"{expected}\", but it reaches \"{string.Join(',', reached)}\""
        );
        return CheckCommand.Failed;
    }
}
