using System.Text;

namespace AlertHub.Alerts;

/// <summary>FNV-1a, 64 bits: the hash Prometheus names label sets by. Not for anything that must resist an attacker.</summary>
internal static class Fnv1a
{
    public const ulong Offset = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    public static ulong Add(ulong hash, byte value) => (hash ^ value) * Prime;

    public static ulong Add(ulong hash, ReadOnlySpan<byte> values)
    {
        foreach (var value in values)
        {
            hash = Add(hash, value);
        }

        return hash;
    }

    public static ulong Add(ulong hash, string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = length <= 512 ? stackalloc byte[length] : new byte[length];
        return Add(hash, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }
}
