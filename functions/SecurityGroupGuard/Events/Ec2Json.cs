using System.Buffers;
using System.Text.Json;
using AlertHub.Sources;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>
/// How CloudTrail and Config write what EC2 was asked and answered. Most calls: lists as <c>{"items": […]}</c>, as
/// <c>{}</c> where they are empty. Younger ones, within <c>ModifySecurityGroupRulesRequest</c>: names in PascalCase, a
/// list of one as that one, of several as an array, each entry with its number in <c>tag</c>, a plain value in
/// <c>content</c>. Config: plain arrays. Each is taken wherever one of them may stand.
/// </summary>
internal static class Ec2Json
{
    private const string EntryNumber = "tag";

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    extension(JsonElement element)
    {
        /// <summary>A member by its name in camelCase, or in PascalCase where there is none; <c>tag</c> is a number only.</summary>
        public JsonElement? Field(string name) =>
            (name == EntryNumber ? null : element.Member(name))
            ?? element.Member($"{char.ToUpperInvariant(name[0])}{name[1..]}");

        public string? FieldText(string name) => element.Field(name)?.PlainText();

        /// <summary>The text of a value, of one in <c>content</c> too.</summary>
        public string? PlainText() => (element.Field("content") ?? element).AsText();

        /// <summary>The entries of a list, however it is written; none where it is missing.</summary>
        public IEnumerable<JsonElement> Entries(string name) => element.Field(name) is { } list ? list.Entries() : [];

        public IEnumerable<JsonElement> Entries() =>
            element.ValueKind switch
            {
                JsonValueKind.Array => element
                    .EnumerateArray()
                    .Where(static e => e.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)),
                JsonValueKind.Object when (element.Field("items") ?? element.Field("item")) is { } items =>
                    items.Entries(),
                JsonValueKind.Object when element.EnumerateObject().All(static m => m.Name == EntryNumber) => [],
                JsonValueKind.Null or JsonValueKind.Undefined => [],
                _ => [element],
            };

        /// <summary>The object itself and all objects in it.</summary>
        public IEnumerable<JsonElement> Objects() =>
            element.ValueKind switch
            {
                JsonValueKind.Object => element
                    .EnumerateObject()
                    .SelectMany(static m => m.Value.Objects())
                    .Prepend(element),
                JsonValueKind.Array => element.EnumerateArray().SelectMany(static e => e.Objects()),
                _ => [],
            };

        /// <summary>All ids of a kind in it, each once, in order: <c>sgr-</c> and hexadecimal digits. Tags are left aside.</summary>
        public IEnumerable<string> Ids(string prefix) => element.AllIds(prefix).Distinct(StringComparer.Ordinal);

        private IEnumerable<string> AllIds(string prefix) =>
            element.ValueKind switch
            {
                JsonValueKind.String when element.GetString() is { } text && IsId(text, prefix) => [text],
                JsonValueKind.Array => element.EnumerateArray().SelectMany(e => e.AllIds(prefix)),
                JsonValueKind.Object => element
                    .EnumerateObject()
                    .Where(static m => !m.Name.StartsWith(EntryNumber, StringComparison.OrdinalIgnoreCase))
                    .SelectMany(m => m.Value.AllIds(prefix)),
                _ => [],
            };

        /// <summary>Tags in a list of keys and values; a value of null where there is none, which is not the empty one.</summary>
        public IEnumerable<KeyValuePair<string, string?>> TagEntries(string name)
        {
            foreach (var entry in element.Entries(name))
            {
                if (entry.FieldText("key") is { } key)
                {
                    yield return new(key, entry.Field("value") is { } value ? value.Written() : null);
                }
            }
        }

        /// <summary>A list of keys and values as the tags that a resource has.</summary>
        public Tags TagsOf(string name) =>
            Tags.Of(element.TagEntries(name).Select(static tag => KeyValuePair.Create(tag.Key, tag.Value ?? "")));

        /// <summary>A scalar as it is, an empty text too.</summary>
        public string? Written() => element.ValueKind == JsonValueKind.String ? element.GetString() : element.AsText();
    }

    private static bool IsId(string text, string prefix) =>
        text.Length > prefix.Length
        && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.AsSpan(prefix.Length).IndexOfAnyExcept(Hexadecimal) < 0;
}
