using System.CommandLine;

namespace AlertHub.Local.Commands;

/// <summary><c>explain MATCHER...</c>: why somebody is or is not told of alerts.</summary>
internal static class ExplainCommand
{
    public static Command Make()
    {
        var matchers = new Argument<string[]>("MATCHER")
        {
            Description = "Such as alertname=DiskFull or instance=~\"web.*\": alerts that fit all of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        matchers.Validators.Add(CheckCommand.RefuseOptions);
        var json = new Option<bool>("--json") { Description = "Print what the process answers, as JSON." };
        var hub = new HubQuestion();
        var command = new NotedCommand(
            "explain",
            "Say of alerts why somebody is or is not told of them: route, group, inhibition, silence, interval, what was told and when next."
        )
        {
            matchers,
            json,
        };
        hub.AddTo(command);
        command.Notes = """
            Exit codes:
              0  explained
              1  there is no such alert, or the running process does not answer, or refuses; the token cannot be read
              2  the command line makes no sense
            """;
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var filters = result
                    .GetRequiredValue(matchers)
                    .Select(static matcher => $"filter={Uri.EscapeDataString(matcher)}");
                var answer = await hub.AskAsync(
                    result,
                    HttpMethod.Get,
                    $"/hub/explain?{string.Join('&', filters)}",
                    result.GetValue(json) ? "application/json" : "text/plain",
                    cancellationToken
                );
                if (answer is null)
                {
                    return CheckCommand.Failed;
                }

                Console.Out.WriteLine(answer.TrimEnd('\n'));
                return 0;
            }
        );
        return command;
    }
}
