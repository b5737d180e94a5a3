using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Functions;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Sources;

/// <summary>A rule of EventBridge: a pattern or a schedule, and who gets the events.</summary>
internal sealed class EventRule
{
    public const string DefaultBus = "default";

    private readonly string where;
    private readonly IReadOnlyList<(string Arn, string? Input)> targets;

    /// <exception cref="TemplateException">It has something that this box does not play.</exception>
    public EventRule(StackResource rule, TemplateValues values, Physical physical)
    {
        (Id, where, Arn) = (rule.Id, rule.ToString(), physical.Arn(rule));
        var properties = values.Properties(rule);
        Templates.Properties.Check(
            properties,
            where,
            "Description",
            "EventBusName",
            "EventPattern",
            "Name",
            "ScheduleExpression",
            "State",
            "Tags",
            "Targets"
        );
        Bus = (string?)properties["EventBusName"] ?? DefaultBus;
        Pattern = properties["EventPattern"] as JsonObject;
        Schedule = (string?)properties["ScheduleExpression"];
        IsEnabled = (string?)properties["State"] != "DISABLED";
        targets =
        [
            .. (properties[nameof(Targets)] as JsonArray ?? []).Select(target =>
            {
                Templates.Properties.Check(
                    target,
                    $"{rule}, target",
                    "Arn",
                    "DeadLetterConfig",
                    "Id",
                    "Input",
                    "RetryPolicy",
                    "RoleArn"
                );
                return ((string)target![nameof(Arn)]!, (string?)target["Input"]);
            }),
        ];
    }

    public string Id { get; }

    public string Arn { get; }

    /// <summary>Its name.</summary>
    public string Bus { get; }

    public IEnumerable<string> Targets => targets.Select(static target => target.Arn);

    public bool IsEnabled { get; }

    /// <summary>As in <c>rate(1 minute)</c>; the test is the clock.</summary>
    public string? Schedule { get; }

    private JsonObject? Pattern { get; }

    public bool Leads(string targetArn) => targets.Any(target => target.Arn == targetArn);

    public bool Matches(JsonObject message) =>
        IsEnabled && Pattern is { } pattern && EventPattern.Matches(pattern, message, where);

    /// <summary>Gives an event to all targets.</summary>
    /// <returns>What functions among them answered.</returns>
    public async Task<IReadOnlyList<LambdaResult>> DeliverAsync(
        JsonObject message,
        IReadOnlyList<BoxFunction> functions,
        Func<string, string, Task> sendToQueue
    )
    {
        List<LambdaResult> results = [];
        foreach (var (target, input) in targets)
        {
            var text = input ?? message.ToJsonString();
            if (functions.FirstOrDefault(function => function.Settings.Arn == target) is { } function)
            {
                results.Add(await function.InvokeAsync(Encoding.UTF8.GetBytes(text)));
            }
            else if (target.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
            {
                await sendToQueue(target, text);
            }
            else
            {
                throw new TemplateException(
                    $"{where}: the target '{target}' is neither a function nor a queue of the box."
                );
            }
        }

        return results;
    }

    /// <summary>What EventBridge sends when the time has come.</summary>
    public JsonObject Tick() =>
        new()
        {
            ["version"] = "0",
            ["id"] = Guid.NewGuid().ToString(),
            ["detail-type"] = "Scheduled Event",
            ["source"] = "aws.events",
            ["account"] = Physical.Account,
            ["time"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["region"] = Physical.Region,
            ["resources"] = new JsonArray(Arn),
            ["detail"] = new JsonObject(),
        };
}
