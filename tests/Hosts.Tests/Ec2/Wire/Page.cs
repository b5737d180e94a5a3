using System.Text;
using System.Xml.Linq;

namespace Hosts.Tests.Ec2.Wire;

/// <summary>What one answer shows of a listing, and how the next one goes on.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, IEnumerable<XElement> NextToken);

/// <summary>Cuts listings.</summary>
internal static class Page
{
    private const int Most = 1000;
    private const int Least = 5;

    /// <param name="all">In the order of their ids.</param>
    /// <param name="id">Of an item: a token is the last one that was shown, so that it survives changes.</param>
    /// <param name="query">With <c>MaxResults</c> and <c>NextToken</c>.</param>
    public static Page<T> Of<T>(IEnumerable<T> all, Func<T, string> id, QueryNode query)
    {
        var size = query.Integer("MaxResults");
        if (size is < Least or > Most)
        {
            throw Ec2Refusal.Value(
                $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value between {Least} and {Most}."
            );
        }

        var after = query["NextToken"].Value is { Length: > 0 } token ? Decoded(token) : "";
        var left = all.Where(item => string.CompareOrdinal(id(item), after) > 0).ToList();
        var shown = left.Take(size ?? Most).ToList();
        return new(shown, shown.Count < left.Count ? [new XElement("nextToken", Encoded(id(shown[^1])))] : []);
    }

    private static string Encoded(string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes("after " + id));

    private static string Decoded(string token)
    {
        var bytes = new byte[token.Length];
        return
            Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is { } text
            && text.StartsWith("after ", StringComparison.Ordinal)
            ? text["after ".Length..]
            : throw Ec2Refusal.Value("Unable to parse pagination token");
    }
}
