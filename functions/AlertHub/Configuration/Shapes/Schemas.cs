using System.Text.Json.Nodes;

namespace AlertHub.Configuration.Shapes;

/// <summary>What a JSON schema says of scalars. Wide where YAML is: a number is as good a text as any.</summary>
internal static class Schemas
{
    public static JsonObject Text() => new() { ["type"] = new JsonArray("string", "number", "boolean", "null") };

    public static JsonObject Template() => With(Text(), "a Go template");

    public static JsonObject Secret() => With(Text(), "a secret: the value itself, ssm:/name, env:NAME or file:/path");

    public static JsonObject Url() =>
        new() { ["type"] = new JsonArray("string", "null"), ["pattern"] = "^[hH][tT][tT][pP][sS]?://." };

    public static JsonObject Bool() => new() { ["type"] = new JsonArray("boolean", "null") };

    public static JsonObject Whole(bool isUnsigned)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("number", "null") };
        if (isUnsigned)
        {
            schema["minimum"] = 0;
        }

        return schema;
    }

    /// <summary>Of numbers, 0 alone needs no unit.</summary>
    public static JsonObject Duration() =>
        With(
            new()
            {
                ["anyOf"] = new JsonArray(
                    Pattern(
                        "^((\\d+y)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?|0)$",
                        "write a number and its unit, such as 30s, 5m or 1d12h"
                    ),
                    new JsonObject { ["enum"] = new JsonArray(0) }
                ),
                ["examples"] = new JsonArray("30s", "5m", "1d12h"),
            },
            "a duration such as 30s, 5m or 1d12h"
        );

    /// <summary>Text of a form; the sentence is shown by editors that know this key (Visual Studio Code does).</summary>
    public static JsonObject Pattern(string pattern, string sentence) =>
        new()
        {
            ["type"] = new JsonArray("string", "null"),
            ["pattern"] = pattern,
            ["patternErrorMessage"] = sentence,
        };

    public static JsonObject GoDuration() =>
        With(new() { ["type"] = new JsonArray("string", "number", "null") }, "a duration such as 30s or 1h30m");

    private static JsonObject With(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }
}
