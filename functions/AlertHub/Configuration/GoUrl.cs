namespace AlertHub.Configuration;

/// <summary>Which texts are a URL: what Go's net/url reads. Objections quote nothing, since a URL may be a secret.</summary>
public static class GoUrl
{
    private const string Advice = "give one such as https://example.com/path";

    /// <summary>What is wrong with an http or https address; null for nothing.</summary>
    public static string? HttpObjection(string text)
    {
        if (Objection(text) is { } objection)
        {
            return objection;
        }

        var scheme = Scheme(text);
        if (scheme?.ToUpperInvariant() is not ("HTTP" or "HTTPS"))
        {
            return $"the URL must begin with http:// or https://; {Advice}";
        }

        var authority = Authority(text[(scheme.Length + 1)..]);
        return authority is null || authority[(authority.LastIndexOf('@') + 1)..].Length == 0
            ? $"the URL has no host; {Advice}"
            : null;
    }

    /// <summary>What is wrong with a URL of any kind, even without a scheme; null for nothing.</summary>
    public static string? Objection(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001F') || text.Contains('\u007F'))
        {
            return "the URL holds a control character (a line break, perhaps); remove it";
        }

        if (text.StartsWith(':'))
        {
            return $"the URL begins with \":\"; {Advice}";
        }

        var scheme = Scheme(text);
        var rest = Cut(Cut(text, '#').Before[(scheme is null ? 0 : scheme.Length + 1)..], '?').Before;
        if (scheme is null && !rest.StartsWith('/') && Cut(rest, '/').Before.Contains(':'))
        {
            return $"what stands before the \":\" of the URL is no scheme; {Advice}";
        }

        var authority = Authority(rest);
        var path = authority is null ? rest : rest[(authority.Length + 2)..];
        var isOpaque = scheme is not null && authority is null && !rest.StartsWith('/');
        return (authority is null ? null : AuthorityObjection(authority))
            ?? (
                (!isOpaque && HasBadEscape(path)) || HasBadEscape(Cut(text, '#').After)
                    ? "in the URL a \"%\" is not followed by two hexadecimal digits; write %25 for a \"%\" itself"
                    : null
            );
    }

    /// <summary>
    /// Whether it is what a request may name (url.ParseRequestURI): absolute, or a path from the root. A fragment is none
    /// there: its <c>#</c> is part of the path.
    /// </summary>
    public static bool IsRequestUri(string text)
    {
        if (
            text.Length == 0
            || text.StartsWith(':')
            || text.AsSpan().ContainsAnyInRange('\0', '\u001F')
            || text.Contains('\u007F')
        )
        {
            return false;
        }

        var scheme = Scheme(text);
        var rest = Cut(text[(scheme is null ? 0 : scheme.Length + 1)..], '?').Before;
        if (!rest.StartsWith('/'))
        {
            return scheme is not null || text == "*";
        }

        var authority =
            scheme is not null && rest.StartsWith("//", StringComparison.Ordinal) ? Cut(rest[2..], '/').Before : null;
        return (authority is null || AuthorityObjection(authority) is null)
            && !HasBadEscape(authority is null ? rest : rest[(authority.Length + 2)..]);
    }

    /// <summary>The URL with a password in it, if there is one, made unreadable.</summary>
    public static string Redacted(string text)
    {
        var beforeQuery = Cut(Cut(text, '#').Before, '?').Before;
        var start = beforeQuery.IndexOf("//", StringComparison.Ordinal);
        if (start < 0 || Authority(beforeQuery[start..]) is not { } authority)
        {
            return text;
        }

        var (at, colon) = (authority.LastIndexOf('@'), authority.IndexOf(':'));
        return colon >= 0 && colon < at ? $"{text[..(start + 2 + colon)]}:xxxxx{text[(start + 2 + at)..]}" : text;
    }

    /// <summary>What stands between <c>//</c> and the path.</summary>
    private static string? Authority(string rest)
    {
        rest = Cut(Cut(rest, '#').Before, '?').Before;
        return rest.StartsWith("//", StringComparison.Ordinal) ? Cut(rest[2..], '/').Before : null;
    }

    private static string? AuthorityObjection(string authority)
    {
        var at = authority.LastIndexOf('@');
        var (user, host) = (authority[..Math.Max(at, 0)], authority[(at + 1)..]);
        if (HasBadEscape(user) || user.Any(static c => !IsOneOf(c, "-._:~!$&'()*+,;=%@")))
        {
            return "the user name or password in the URL holds a character that must be written as %XX";
        }

        var end = host.StartsWith('[') ? host.LastIndexOf(']') + 1 : host.LastIndexOf(':');
        if (host.StartsWith('[') && end == 0)
        {
            return "the URL's host begins with \"[\" but no \"]\" ends it";
        }

        var (name, port) = end < 0 ? (host, "") : (host[..end], host[end..]);
        if (port.Length > 0 && (port[0] != ':' || port.AsSpan(1).ContainsAnyExceptInRange('0', '9')))
        {
            return "the URL's port is not a number";
        }

        return IsHost(name) ? null : "the URL's host holds a character that no host has";
    }

    /// <summary>Go lets through what RFC 3986 allows in a name, and escapes of what is not ASCII.</summary>
    private static bool IsHost(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '%')
            {
                var isZone = name.StartsWith('[') && name.AsSpan(i).StartsWith("%25");
                if (!IsEscape(name, i) || (!isZone && name[i + 1] < '8'))
                {
                    return false;
                }
            }
            else if (name[i] < '\u0080' && !IsOneOf(name[i], "-_.~!$&'()*+,;=:[]<>\""))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOneOf(char c, string marks) => char.IsAsciiLetterOrDigit(c) || marks.Contains(c);

    private static bool HasBadEscape(string text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (!IsEscape(text, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEscape(string text, int at) =>
        at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);

    private static string? Scheme(string text)
    {
        var colon = text.IndexOf(':');
        return
            colon > 0
            && char.IsAsciiLetter(text[0])
            && text[..colon].All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.')
            ? text[..colon]
            : null;
    }

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at) is var i and >= 0 ? (text[..i], text[(i + 1)..]) : (text, "");
}
