using System.Buffers.Binary;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Configuration;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// One and the same object for equal texts that came lately: the alerts of a producer have nearly all of their names and
/// values in common. A table in which a newer text takes the place of an older one with the same hash, so that it is
/// bounded and needs no lock: whoever comes in between makes an object of its own.
/// </summary>
internal sealed class SharedTexts
{
    /// <summary>In bytes: what is longer is seldom the same twice.</summary>
    private const int LongestText = 64;

    private const int LongestLink = 512;

    private const int Places = 4096;

    private readonly string?[] texts = new string?[Places];
    private readonly Label?[] labels = new Label?[Places];
    private readonly Uri?[] links = new Uri?[Places];

    /// <param name="raw">UTF-8, between the quotes of JSON that has been checked.</param>
    public string Text(ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
        {
            return "";
        }

        if (raw.Length > LongestText)
        {
            return GoJsonText.Decode(raw);
        }

        ref var place = ref texts[Hash(raw, 0) % Places];
        return place is { } known && IsText(known, raw) ? known : place = GoJsonText.Decode(raw);
    }

    public Label Label(ReadOnlySpan<byte> rawName, ReadOnlySpan<byte> rawValue)
    {
        if (rawName.Length > LongestText || rawValue.Length > LongestText)
        {
            return new(Text(rawName), Text(rawValue));
        }

        ref var place = ref labels[Hash(rawValue, Hash(rawName, 0)) % Places];
        return place is { } known && IsText(known.Name, rawName) && IsText(known.Value, rawValue)
            ? known
            : place = new(Text(rawName), GoJsonText.Decode(rawValue));
    }

    /// <summary>Null where it is no URL, or none that the platform can hold; one that was looked at before needs no second look.</summary>
    public Uri? Link(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > LongestLink)
        {
            return Made(raw);
        }

        ref var place = ref links[Hash(raw, 0) % Places];
        if (place is { } known && IsText(known.OriginalString, raw))
        {
            return known;
        }

        var made = Made(raw);
        place = made ?? place;
        return made;
    }

    private static Uri? Made(ReadOnlySpan<byte> raw)
    {
        var text = GoJsonText.Decode(raw);
        return !GoUrl.IsRequestUri(text) ? null
            : Uri.TryCreate(text, text.StartsWith('/') ? UriKind.Relative : UriKind.Absolute, out var uri) ? uri
            : Uri.TryCreate(text, UriKind.Relative, out uri) ? uri
            : null;
    }

    /// <summary>Never for text beyond ASCII or with an escape, which stands there otherwise.</summary>
    private static bool IsText(string text, ReadOnlySpan<byte> raw) =>
        text.Length == raw.Length && Ascii.Equals(raw, text) && raw.IndexOf((byte)'\\') < 0;

    /// <summary>Whoever makes texts with one hash makes the table useless for them, and nothing else.</summary>
    private static uint Hash(ReadOnlySpan<byte> raw, uint seed)
    {
        const ulong prime = 0x9E3779B97F4A7C15;
        var hash = (seed + (uint)raw.Length) * prime;
        for (; raw.Length >= 8; raw = raw[8..])
        {
            hash = ulong.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(raw)) * prime, 29);
        }

        foreach (var each in raw)
        {
            hash = (hash ^ each) * prime;
        }

        return (uint)(hash >> 32);
    }
}
