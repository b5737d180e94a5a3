using System.Text.Json.Nodes;

namespace AlertHub.Configuration.Shapes;

/// <summary>What may be said of the key added last, and rules that many records share.</summary>
internal sealed partial class Shape<T>
{
    private string? called;
    private readonly Dictionary<string, string> mistakes = new(StringComparer.Ordinal);

    /// <summary>Keys of which one must be there at least, for the schema.</summary>
    private readonly List<string[]> required = [];

    /// <summary>How messages call the record; by its name without this.</summary>
    public Shape<T> Called(string words)
    {
        called = words;
        return this;
    }

    /// <summary>One sentence about the key added last, for documentation and editors.</summary>
    public Shape<T> About(string about)
    {
        fields[^1].About = about;
        return this;
    }

    /// <summary>The key added last is printed even if it is empty (upstream: no <c>omitempty</c>).</summary>
    public Shape<T> Always()
    {
        fields[^1].Always = true;
        return this;
    }

    /// <summary>
    /// The key added last came with a version of Alertmanager after 0.25: it is printed only where it differs from its
    /// default, so that an older amtool accepts the rest.
    /// </summary>
    public Shape<T> Since(string version)
    {
        fields[^1].Since = version;
        return this;
    }

    /// <summary>A key that does not exist, that people write all the same, and what to write instead.</summary>
    public Shape<T> Mistaken(string key, string advice)
    {
        mistakes[key] = advice;
        return this;
    }

    /// <summary>A key that must hold something.</summary>
    public Shape<T> Require(string key, string objection)
    {
        if (fields.Single(f => f.Key == key).IsEmpty(defaults))
        {
            required.Add([key]);
        }

        return Check(
            (value, place) =>
            {
                if (!Holds(value, key))
                {
                    place[key].Error($"{objection}; give \"{key}\"");
                }
            }
        );
    }

    /// <summary>A key that must be there, for the schema alone: a rule of the loader says so of the loader.</summary>
    public Shape<T> Needs(string key)
    {
        required.Add([key]);
        return this;
    }

    /// <summary>One of these keys must hold something.</summary>
    public Shape<T> RequireOneOf(params string[] keys)
    {
        required.Add(keys);
        return Check(
            (value, place) =>
            {
                if (!keys.Any(key => Holds(value, key) || place[key].IsWrong))
                {
                    place[keys[0]].Error($"give one of \"{string.Join("\", \"", keys)}\"");
                }
            }
        );
    }

    /// <summary>What a schema can say of keys that must be there: that they are, not that they hold something.</summary>
    private void AddRequired(JsonObject schema)
    {
        var alone = required.Where(static keys => keys.Length == 1).Select(static keys => (JsonNode)keys[0]).ToArray();
        if (alone.Length > 0)
        {
            schema["required"] = new JsonArray(alone);
        }

        var choices = required.Where(static keys => keys.Length > 1).Select(Choice).ToArray();
        if (choices.Length > 0)
        {
            schema["allOf"] = new JsonArray(choices);
        }

        static JsonNode Choice(string[] keys) =>
            new JsonObject
            {
                ["anyOf"] = new JsonArray([
                    .. keys.Select(static key => new JsonObject { ["required"] = new JsonArray(key) }),
                ]),
            };
    }

    private bool Holds(T value, string key) => fields.Single(f => f.Key == key) is var field && !field.IsEmpty(value);

    private string Advice(string key) =>
        mistakes.TryGetValue(key, out var advice) ? $"; {advice}"
        : key.StartsWith('-') ? "; write a space after the \"-\""
        : key.Any(static c => char.IsWhiteSpace(c) && c != ' ')
            ? "; a space in it is no plain one (pasted, perhaps): write a plain one"
        : Suggestion.For(key, Keys);
}
