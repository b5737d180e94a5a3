using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertHub.Tests.Support;

namespace Hosts.Tests.Support;

/// <summary>
/// The TypeScript compiler's opinion of bodies by Slack's own types (Oracles/slack-bodies.ts), as tests/run has installed them.
/// Each body is a literal, in which a member that its type does not know is an error, too, and so is one that is there twice.
/// </summary>
internal static partial class SlackTypes
{
    /// <summary>What is wrong with them, each with the body's name; one run of the compiler for all.</summary>
    public static async Task<IReadOnlyList<string>> ObjectionsAsync(IReadOnlyList<SlackBody> bodies)
    {
        var modules = Repository.File("artifacts", "tools", "node_modules");
        var compiler = Path.Combine(modules, "typescript", "bin", "tsc");
        if (!File.Exists(compiler))
        {
            throw new InvalidOperationException($"'typescript' is not installed in '{modules}'. Run 'tests/run' once.");
        }

        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder.File("node_modules"), modules);
        string[] types = await File.ReadAllLinesAsync(
            Repository.File("tests", "Hosts.Tests", "Oracles", "slack-bodies.ts")
        );
        await File.WriteAllLinesAsync(folder.File("bodies.ts"), [.. types, .. bodies.Select(Constant)]);
        await using var run = ChildProcess.Start(
            "node",
            [compiler, "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "bodies.ts"],
            folder: folder.Path
        );
        var code = await run.ExitAsync();
        var (output, errors) = run.Written;
        string[] objections = [.. output.Split('\n').Where(static line => line is [not ' ', ..]).Select(Named)];
        return code == 0 == (objections.Length == 0)
            ? objections
            : throw new InvalidOperationException($"tsc ended with {code}: {output}{errors}");

        // Its further lines, which are indented, explain the first.
        string Named(string line) =>
            Diagnostic().Match(line) is { Success: true } match
            && int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture) - types.Length - 1
                is >= 0
                    and var body
                ? $"{bodies[body].Name}: {match.Groups["what"].Value}"
                : line;
    }

    private static string Constant(SlackBody body, int index)
    {
        // On one line, without what only a program takes for the end of one.
        using var json = JsonDocument.Parse(body.Json);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"export const body{index}: {body.Type} = {JsonSerializer.Serialize(json.RootElement)};"
        );
    }

    [GeneratedRegex(@"^bodies\.ts\((?<line>[0-9]+),[0-9]+\): error (?<what>TS[0-9]+: .*)$")]
    private static partial Regex Diagnostic();
}

/// <param name="Name">By which it is found.</param>
/// <param name="Type">In slack-bodies.ts.</param>
/// <param name="Json">As it is sent.</param>
internal sealed record SlackBody(string Name, string Type, string Json)
{
    /// <summary>As it came to a webhook or to a method of the Web API.</summary>
    public static SlackBody Of(string name, SlackPost post) =>
        new(
            name,
            post.Method switch
            {
                "chat.postMessage" => "Post",
                "chat.update" => "Update",
                null => "Webhook",
                var method => throw new FormatException($"{name}: there is no type for '{method}'"),
            },
            post.Body
        );
}
