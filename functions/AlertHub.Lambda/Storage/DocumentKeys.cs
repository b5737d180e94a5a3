using System.Security.Cryptography;
using System.Text;
using AlertHub.Grouping;

namespace AlertHub.Lambda.Storage;

/// <summary>What documents are called: partition keys.</summary>
internal static class DocumentKeys
{
    /// <summary>All silences.</summary>
    public const string Silences = "silences";

    /// <summary>All alerts that an inhibition rule names as a source.</summary>
    public const string Sources = "sources";

    private const string GroupPrefix = "group:";

    /// <summary>Of a group with what is known of its alerts. A hash: labels may be of any length and stay out of logs so.</summary>
    public static string Of(GroupId id) =>
        GroupPrefix
        + Convert.ToHexStringLower(
            SHA256
                .HashData(Encoding.UTF8.GetBytes($"{id.Receiver.Length}:{id.Receiver}{id.RouteKey.Length}:{id.Key}"))
                .AsSpan(0, 16)
        );

    public static bool IsGroup(string key) => key.StartsWith(GroupPrefix, StringComparison.Ordinal);
}
