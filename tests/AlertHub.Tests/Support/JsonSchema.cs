using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertHub.Tests.Support;

/// <summary>
/// The part of JSON Schema (draft 2020-12) that our own schemas use. A keyword it does not know is an error, so that no
/// rule is taken for checked that is not. Meaning: https://json-schema.org/draft/2020-12/json-schema-validation
/// </summary>
internal sealed class JsonSchema(JsonElement root)
{
    public static JsonSchema Parse(string text) => new(JsonDocument.Parse(text).RootElement);

    /// <summary>Each place that breaks a keyword, as <c>/receivers/0/name: type</c>; empty if the value is valid.</summary>
    public IReadOnlyList<string> Check(JsonElement value)
    {
        var errors = new List<string>();
        Check(root, value, "", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Require(schema.GetBoolean(), "false");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            var rule = keyword.Value;
            switch (keyword.Name)
            {
                case "$schema"
                or "$id"
                or "$defs"
                or "title"
                or "description"
                or "default"
                or "deprecated"
                or "examples"
                or "patternErrorMessage":
                case "additionalProperties":
                    break;
                case "$ref":
                    Check(Definition(rule.GetString()!), value, path, errors);
                    break;
                case "type":
                    Require(Alternatives(rule).Any(type => IsOf(type.GetString()!, value)), keyword.Name);
                    break;
                case "enum":
                    Require(rule.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)), keyword.Name);
                    break;
                case "const":
                    Require(JsonElement.DeepEquals(rule, value), keyword.Name);
                    break;
                case "allOf":
                    foreach (var part in rule.EnumerateArray())
                    {
                        Check(part, value, path, errors);
                    }

                    break;
                case "anyOf":
                    Require(rule.EnumerateArray().Any(part => IsValid(part, value)), keyword.Name);
                    break;
                case "oneOf":
                    Require(rule.EnumerateArray().Count(part => IsValid(part, value)) == 1, keyword.Name);
                    break;
                case "not":
                    Require(!IsValid(rule, value), keyword.Name);
                    break;
                case "pattern":
                    Require(
                        value.ValueKind != JsonValueKind.String
                            || Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.CultureInvariant),
                        keyword.Name
                    );
                    break;
                case "minLength":
                    Require(
                        value.ValueKind != JsonValueKind.String
                            || value.GetString()!.EnumerateRunes().Count() >= rule.GetInt32(),
                        keyword.Name
                    );
                    break;
                case "minimum":
                    Require(
                        value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(),
                        keyword.Name
                    );
                    break;
                case "maximum":
                    Require(
                        value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(),
                        keyword.Name
                    );
                    break;
                case "minItems":
                    Require(
                        value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
                        keyword.Name
                    );
                    break;
                case "items":
                    foreach (var (i, item) in Items(value).Index())
                    {
                        Check(rule, item, $"{path}/{i}", errors);
                    }

                    break;
                case "required":
                    Require(
                        value.ValueKind != JsonValueKind.Object
                            || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                        keyword.Name
                    );
                    break;
                case "properties":
                    foreach (var member in Members(value).Where(member => rule.TryGetProperty(member.Name, out _)))
                    {
                        Check(rule.GetProperty(member.Name), member.Value, $"{path}/{member.Name}", errors);
                    }

                    break;
                case "propertyNames":
                    foreach (var member in Members(value))
                    {
                        Check(rule, JsonSerializer.SerializeToElement(member.Name), $"{path}/{member.Name}", errors);
                    }

                    break;
                default:
                    throw new NotSupportedException($"the schema's keyword \"{keyword.Name}\" at \"{path}\"");
            }
        }

        if (schema.TryGetProperty("additionalProperties", out var others))
        {
            foreach (var member in Members(value).Where(member => !IsNamed(schema, member.Name)))
            {
                Check(others, member.Value, $"{path}/{member.Name}", errors);
            }
        }

        void Require(bool holds, string keyword)
        {
            if (!holds)
            {
                errors.Add($"{(path.Length == 0 ? "/" : path)}: {keyword}");
            }
        }
    }

    private bool IsValid(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "", errors);
        return errors.Count == 0;
    }

    private JsonElement Definition(string reference)
    {
        var found = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = found.GetProperty(step);
        }

        return found;
    }

    private static bool IsOf(string type, JsonElement value) =>
        (type, value.ValueKind) switch
        {
            ("string", JsonValueKind.String) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => double.IsInteger(value.GetDouble()),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("null", JsonValueKind.Null) => true,
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            _ => false,
        };

    private static bool IsNamed(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var named) && named.TryGetProperty(name, out _);

    private static JsonElement[] Alternatives(JsonElement rule) =>
        rule.ValueKind == JsonValueKind.Array ? [.. rule.EnumerateArray()] : [rule];

    private static JsonElement[] Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];

    private static JsonProperty[] Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : [];
}
