using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Hosts.Tests.Ec2.Wire;

/// <summary>
/// A form of the query protocol as a tree: <c>IpPermissions.1.IpRanges.1.CidrIp=...</c> is the value of a member of an
/// item of a member of an item.
/// </summary>
internal sealed class QueryNode
{
    private readonly List<KeyValuePair<string, QueryNode>> members = [];

    public string? Value { get; private set; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<KeyValuePair<string, QueryNode>> Members => members;

    /// <summary>One that is not there is empty.</summary>
    public QueryNode this[string name] => Find(name) ?? new();

    /// <summary>Of a list, by their numbers.</summary>
    public IReadOnlyList<QueryNode> Items =>
        [
            .. members
                .Where(static member => int.TryParse(member.Key, NumberStyles.None, null, out _))
                .OrderBy(static member => int.Parse(member.Key, CultureInfo.InvariantCulture))
                .Select(static member => member.Value),
        ];

    /// <summary>Of a list of values.</summary>
    public IReadOnlyList<string> Values => [.. Items.Select(static item => item.Value ?? "")];

    public bool IsList => members.Count > 0 && members.TrueForAll(static member => char.IsAsciiDigit(member.Key[0]));

    public static QueryNode Parse(string form)
    {
        // Form fields in the order of the text, which a dictionary would not promise.
        List<(string, string)> fields = [];
        foreach (var field in new QueryStringEnumerable(form))
        {
            fields.Add((field.DecodeName().ToString(), field.DecodeValue().ToString()));
        }

        return Of(fields);
    }

    public static QueryNode Of(IEnumerable<(string Name, string Value)> fields)
    {
        var root = new QueryNode();
        foreach (var (name, value) in fields)
        {
            var node = root;
            foreach (var part in name.Split('.'))
            {
                node = node.Find(part) ?? node.Add(part);
            }

            node.Value = value;
        }

        return root;
    }

    /// <summary>All values by their full names.</summary>
    public IEnumerable<(string Name, string Value)> Fields(string prefix = "") =>
        members.SelectMany(member =>
            (
                member.Value.Value is { } value ? [(prefix + member.Key, value)] : Enumerable.Empty<(string, string)>()
            ).Concat(member.Value.Fields($"{prefix}{member.Key}."))
        );

    public string Required(string name) =>
        this[name].Value is { Length: > 0 } value ? value : throw Ec2Refusal.Missing(LowerCamel(name));

    public int? Integer(string name) =>
        this[name].Value is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw Ec2Refusal.Value($"Invalid value '{text}' for {LowerCamel(name)}");

    public static string LowerCamel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private QueryNode? Find(string name) => members.Find(member => member.Key == name).Value;

    private QueryNode Add(string name)
    {
        var node = new QueryNode();
        members.Add(new(name, node));
        return node;
    }
}
