using System.CommandLine;
using System.CommandLine.Parsing;
using AlertHub.Configuration;

namespace AlertHub.Local.Commands;

/// <summary>What people write on the command line, and what is said where it makes no sense.</summary>
internal static class CommandWords
{
    /// <summary><c>--option=</c> is an option with an empty value; the parser would take what follows for it.</summary>
    public static string[] WithEmptyValues(Command root, IReadOnlyList<string> args)
    {
        var options = Options(root)
            .Where(static o => o.Arity.MinimumNumberOfValues > 0)
            .Select(static o => $"{o.Name}=");
        var empty = options.ToHashSet(StringComparer.Ordinal);
        return [.. args.SelectMany(arg => empty.Contains(arg) ? [arg[..^1], ""] : (string[])[arg])];
    }

    /// <summary><c>--no-x</c> says of a flag without a value what <c>--x=false</c> does, as with Alertmanager.</summary>
    public static string[] WithoutNegations(Command root, IReadOnlyList<string> args)
    {
        var switches = root.Options.OfType<Option<bool>>().Select(static o => $"--no-{o.Name[2..]}");
        var negated = switches.ToHashSet(StringComparer.Ordinal);
        return [.. args.Select(arg => negated.Contains(arg) ? $"--{arg["--no-".Length..]}=false" : arg)];
    }

    /// <summary>What is wrong, as a sentence; null where nothing is.</summary>
    public static string? Objection(ParseResult parsed)
    {
        if (parsed.Errors is not [var first, ..])
        {
            return null;
        }

        var result = parsed.CommandResult;
        if (
            parsed.RootCommandResult.Command is RootCommand root
            && parsed.UnmatchedTokens is [var word, ..]
            && !word.StartsWith('-')
        )
        {
            return NoCommand(word, root);
        }

        // What was refused on purpose is told before what is missing.
        var missing = result.Command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is not { Tokens.Count: > 0 }
        );
        return missing is null || first.SymbolResult is OptionResult
            ? first.Message
            : $"{result.Command.Name} needs {missing.Name}: {missing.Description}";
    }

    private static string NoCommand(string word, RootCommand root)
    {
        string[] names = [.. root.Subcommands.Select(static command => command.Name)];
        var meant = names.FirstOrDefault(name => word.StartsWith(name, StringComparison.Ordinal));
        meant ??= Suggestion.Nearest(word, names);
        return word == "config" ? "\"config\" is no command; amtool's \"config routes\" is \"routes\" here"
            : meant is not null ? $"\"{word}\" is no command; did you mean {meant}?"
            : IsFile(word) ? $"\"{word}\" is no command; did you mean check {word}?"
            : $"\"{word}\" is no command; the commands are {string.Join(", ", names)}";
    }

    private static bool IsFile(string word) =>
        word.Contains('/') || Path.GetExtension(word) is ".yml" or ".yaml" || File.Exists(word);

    private static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Subcommands.SelectMany(Options));
}
