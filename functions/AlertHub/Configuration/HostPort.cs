namespace AlertHub.Configuration;

/// <summary>A mail server's address: <c>smtp.example.com:587</c>, <c>[::1]:25</c>.</summary>
public sealed record HostPort(string Host, string Port)
{
    /// <summary>Null and what is wrong; Go's net.SplitHostPort, and the port is not empty.</summary>
    public static HostPort? Parse(string text, out string? objection)
    {
        objection = null;
        var colon = text.LastIndexOf(':');
        var bracket = text.StartsWith('[') ? text.IndexOf(']') : -1;
        var (host, rest) =
            text.StartsWith('[') && bracket > 0 ? (text[1..bracket], text[(bracket + 1)..])
            : colon >= 0 ? (text[..colon], text[colon..])
            : (text, "");
        if (rest is not [':', _, ..] || rest.LastIndexOf(':') != 0)
        {
            objection =
                $"\"{text}\" has no port; write host:port, such as {(host.Length > 0 ? host : "localhost")}:587";
            return null;
        }

        if (
            (bracket < 0 && host.Contains(':'))
            || host.AsSpan().ContainsAny('[', ']')
            || rest.AsSpan().ContainsAny('[', ']')
        )
        {
            objection = $"\"{text}\" is not host:port; write an IPv6 address in brackets: [::1]:25";
            return null;
        }

        return new(host, rest[1..]);
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
