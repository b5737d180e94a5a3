using System.Text.Json;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Sources;

/// <summary>
/// EventBridge's patterns, as far as they are needed: values, <c>prefix</c>, <c>suffix</c>, <c>exists</c>,
/// <c>anything-but</c> with values, <c>$or</c>, and objects of them.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (2026-11)</remarks>
internal static class EventPattern
{
    public static bool Matches(JsonObject pattern, JsonObject message, string where)
    {
        foreach (var (name, wanted) in pattern)
        {
            if (name == "$or" && wanted is JsonArray alternatives)
            {
                if (!alternatives.Any(each => Matches(each!.AsObject(), message, where)))
                {
                    return false;
                }

                continue;
            }

            if (name.StartsWith('$'))
            {
                throw new TemplateException($"{where}: '{name}' of the event pattern is not played.");
            }

            var found = message.TryGetPropertyValue(name, out var value);
            var matches = wanted switch
            {
                // Of a list of objects any may be the one.
                JsonObject inner when value is JsonArray several => several
                    .OfType<JsonObject>()
                    .Any(each => Matches(inner, each, where)),
                JsonObject inner => Matches(inner, value as JsonObject ?? [], where),
                JsonArray { Count: > 0 } any => any.Any(each => Is(each, found, value, where)),
                _ => throw new TemplateException(
                    $"{where}: '{name}' of the event pattern is {wanted?.ToJsonString()}."
                ),
            };
            if (!matches)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(JsonNode? wanted, bool found, JsonNode? value, string where)
    {
        if (wanted is not JsonObject rule)
        {
            return found && Values(value).Any(each => JsonNode.DeepEquals(each, wanted));
        }

        var (kind, argument) = rule.Count == 1 ? rule.First() : new("", null);
        return kind switch
        {
            "exists" => found == (bool)argument!,
            "prefix" when argument is JsonValue => Texts(value)
                .Any(t => t.StartsWith((string)argument!, StringComparison.Ordinal)),
            "suffix" when argument is JsonValue => Texts(value)
                .Any(t => t.EndsWith((string)argument!, StringComparison.Ordinal)),
            "anything-but" when argument is JsonArray or JsonValue => found
                && Values(value).Any(each => !Values(argument).Any(other => JsonNode.DeepEquals(each, other))),
            _ => throw new TemplateException($"{where}: the event pattern {rule.ToJsonString()} is not played."),
        };
    }

    // A list in an event matches by any of its values.
    private static JsonNode?[] Values(JsonNode? value) => value is JsonArray several ? [.. several] : [value];

    private static IEnumerable<string> Texts(JsonNode? value) =>
        Values(value).Where(static v => v?.GetValueKind() == JsonValueKind.String).Select(static v => (string)v!);
}
