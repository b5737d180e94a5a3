using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AlertHub.Local.Commands;

/// <summary><c>dead</c>: what was given up, and to have it sent once more.</summary>
internal static class DeadCommand
{
    public static Command Make()
    {
        var ids = new Argument<string[]>("ID")
        {
            Description = "Dead letters to send once more, with --resend.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        ids.Validators.Add(CheckCommand.RefuseOptions);
        var resend = new Option<bool>("--resend") { Description = "Send them once more: those named, or --all." };
        var all = new Option<bool>("--all") { Description = "With --resend: every one of them." };
        var json = new Option<bool>("--json") { Description = "Print what the process answers, as JSON." };
        var hub = new HubQuestion();
        var command = new NotedCommand("dead", "List the notifications that were given up, or send them once more.")
        {
            ids,
            resend,
            all,
            json,
        };
        hub.AddTo(command);
        command.Notes = """
            A notification is given up where its destination refuses it for good, such as a webhook that is gone, or where
            it may have arrived three times. Nothing is lost by that: it is kept for --data.retention, unless something
            newer is delivered in its place. Mend what the reason says, reload, and send it once more.

            Exit codes:
              0  listed, or noted to be sent
              1  the running process does not answer, or refuses; the token cannot be read
              2  the command line makes no sense
            """;
        command.Validators.Add(result =>
        {
            var (isNamed, isAll) = (result.GetResult(ids) is { Tokens.Count: > 0 }, result.GetValue(all));
            if (result.GetValue(resend) ? isNamed == isAll : isNamed || isAll)
            {
                result.AddError(
                    result.GetValue(resend)
                        ? "--resend needs the IDs of those to send, or --all"
                        : "IDs and --all belong to --resend; without it all are listed"
                );
            }
        });
        command.SetAction(
            (result, cancellationToken) =>
                result.GetValue(resend)
                    ? ResendAsync(hub, result, result.GetValue(ids) ?? [], result.GetValue(json), cancellationToken)
                    : ListAsync(hub, result, result.GetValue(json), cancellationToken)
        );
        return command;
    }

    private static async Task<int> ListAsync(
        HubQuestion hub,
        ParseResult line,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var answer = await hub.AskAsync(line, HttpMethod.Get, "/hub/dead", "application/json", cancellationToken);
        if (answer is null)
        {
            return CheckCommand.Failed;
        }

        Console.Out.Write(asJson ? $"{answer}\n" : Table(answer, TimeProvider.System.GetUtcNow()));
        return 0;
    }

    private static async Task<int> ResendAsync(
        HubQuestion hub,
        ParseResult line,
        string[] ids,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var which = ids.Length == 0 ? "all=true" : string.Join('&', ids.Select(id => $"id={Uri.EscapeDataString(id)}"));
        var answer = await hub.AskAsync(
            line,
            HttpMethod.Post,
            $"/hub/dead/resend?{which}",
            "application/json",
            cancellationToken
        );
        if (answer is null)
        {
            return CheckCommand.Failed;
        }

        using var document = JsonDocument.Parse(answer);
        var count = document.RootElement.GetProperty("resent").GetInt32();
        Console.Out.WriteLine(
            asJson ? answer
            : count == 0 ? "There is no dead letter."
            : $"{count} noted to be sent now; the log and \"dead\" say what comes of it."
        );
        return 0;
    }

    internal static string Table(string answer, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(answer);
        var text = new StringBuilder();
        foreach (var letter in document.RootElement.EnumerateArray())
        {
            var age = now - letter.GetProperty("diedAt").GetDateTimeOffset();
            var alerts = letter.GetProperty("alerts").GetArrayLength();
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                {Text("id")}  {Text("receiver")}/{Text("integration")}, {Text("groupKey")}
                  given up {Age(age)} ago after {letter.GetProperty("attempts").GetInt32()} attempts: {Text(
                    "objection"
                )}
                  {alerts} alert{(alerts == 1 ? "" : "s")}, {Text("notificationReason")}

                """
            );

            string? Text(string name) => letter.GetProperty(name).GetString();
        }

        return text.Length == 0 ? "There is no dead letter.\n" : text.ToString();
    }

    private static string Age(TimeSpan age) =>
        age.TotalMinutes < 2 ? $"{age.TotalSeconds:F0} s"
        : age.TotalHours < 2 ? $"{age.TotalMinutes:F0} min"
        : age.TotalDays < 2 ? $"{age.TotalHours:F0} h"
        : $"{age.TotalDays:F0} days";
}
