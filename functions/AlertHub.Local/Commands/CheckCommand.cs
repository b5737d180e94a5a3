using System.CommandLine;
using System.CommandLine.Parsing;
using AlertHub.Channels;
using AlertHub.Configuration;

namespace AlertHub.Local.Commands;

/// <summary><c>check FILE...</c>: what is wrong with configurations, before they are used.</summary>
internal static class CheckCommand
{
    /// <summary>Exit status for a configuration that is refused, as amtool has it.</summary>
    public const int Failed = 1;

    public static Command Make()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "alertmanager.yml, one or several; - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        files.Validators.Add(RefuseOptions);
        files.Validators.Add(RefuseEmpty);
        var hub = HubOption();
        var strict = new Option<bool>("--strict")
        {
            Description = "Warnings fail a configuration as errors do, for CI; without it they leave the exit code 0.",
        };
        var command = new NotedCommand(
            "check",
            "Check configurations and their template files, one or several; all problems are listed."
        )
        {
            files,
            hub,
            strict,
        };
        command.Notes = """
            The report goes to standard output. Warnings alone fail a FILE only with --strict.
            Paths under templates are relative to the folder of their FILE, for - to the current one.
            With several FILEs, --hub belongs to each of them.

            Exit codes:
              0  every FILE can be used
              1  a FILE, its hub.yml or a template file has an error or cannot be read
              2  the command line makes no sense
            """;
        command.Validators.Add(result => RefuseSecondInput(result, files, hub));
        command.Does(result => Check(result.GetRequiredValue(files), result.GetValue(hub), result.GetValue(strict)));
        return command;
    }

    public static Option<string?> HubOption()
    {
        var hub = new Option<string?>("--hub")
        {
            Description = "hub.yml, which says of the same receivers and routes what Alertmanager cannot.",
            HelpName = "file",
        };
        hub.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => token.Value.Length == 0))
            {
                result.AddError("--hub \"\": it must be a file; leave the option away where there is no hub.yml");
            }
        });
        return hub;
    }

    /// <summary>A variable of a script that was not set, most often.</summary>
    public static void RefuseEmpty(ArgumentResult result)
    {
        if (result.Tokens.Any(static token => token.Value.Length == 0))
        {
            result.AddError($"{result.Argument.Name} \"\": it must be a file; - is standard input");
        }
    }

    /// <summary>The second reader would find nothing, and nothing is a good hub.yml.</summary>
    public static void RefuseSecondInput(CommandResult result, Argument files, Option<string?> hub)
    {
        var given = (result.GetResult(files)?.Tokens ?? []).Concat(result.GetResult(hub)?.Tokens ?? []);
        if (given.Count(static token => token.Value == ConfigSource.StandardInput) > 1)
        {
            result.AddError("- stands here twice, but standard input can be read once; name a file for the other");
        }
    }

    /// <summary>What looks like an option and is none would be taken for an argument.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(static t => t.Value.StartsWith("--", StringComparison.Ordinal)))
        {
            result.AddError($"Unrecognized option '{token.Value}'");
        }
    }

    /// <summary>
    /// A configuration to work with, whatever its template files are like; null where there is none, and its errors have
    /// been told.
    /// </summary>
    public static HubConfig? Load(string path, string? hub)
    {
        if (Read(path, hub) is not var (file, additions))
        {
            return null;
        }

        var config = HubConfig.Load(file, additions, out var problems);
        if (config is null)
        {
            Console.Error.Write(CheckReport.Problems(problems.Where(static problem => problem.IsError)));
        }

        return config;
    }

    private static int Check(string[] paths, string? hub, bool isStrict)
    {
        ConfigFile? additions = null;
        if (hub is not null && (additions = Read(hub)) is null)
        {
            return Failed;
        }

        var failed = paths.Count(path => !Check(path, additions, isStrict));
        if (failed > 0 && paths.Length > 1)
        {
            Console.Error.WriteLine($"alerthub: {failed} of {paths.Length} configurations failed");
        }

        return failed > 0 ? Failed : 0;
    }

    private static bool Check(string path, ConfigFile? hub, bool isStrict)
    {
        if (ConfigSource.Read(path, out var objection) is not { } file)
        {
            Console.Out.Write(CheckReport.Unreadable(ConfigSource.Name(path), objection));
            return false;
        }

        var folder = Path.GetDirectoryName(path) ?? "";
        var verdict = Verdict.Of(file, hub, glob => TemplateFiles.Find(folder, glob));
        if (!verdict.Failed && verdict.Config is { } config)
        {
            foreach (var remark in Destinations.Remarks(config))
            {
                verdict = verdict.Warn(file, remark.Receiver, remark.Kind, remark.Sentence);
            }
        }

        var failed = verdict.Failed || (isStrict && verdict.Problems.Count > 0);
        Console.Out.Write(CheckReport.Of(file.Name, verdict, failed));
        return !failed;
    }

    private static (ConfigFile File, ConfigFile? Hub)? Read(string path, string? hub)
    {
        var (file, additions) = (Read(path), hub is null ? null : Read(hub));
        return file is null || (hub is not null && additions is null) ? null : (file, additions);
    }

    private static ConfigFile? Read(string path)
    {
        var file = ConfigSource.Read(path, out var objection);
        if (file is null)
        {
            Console.Error.WriteLine($"alerthub: \"{path}\": {objection}");
        }

        return file;
    }
}
