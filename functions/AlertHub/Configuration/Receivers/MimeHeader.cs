namespace AlertHub.Configuration.Receivers;

/// <summary>Names of mail headers, which upper and lower case does not tell apart (RFC 5322).</summary>
internal static class MimeHeader
{
    /// <summary>
    /// <c>In-Reply-To</c>: a capital at the beginning and after each hyphen, as Go's net/textproto does. What is no name of
    /// a header stays as it is.
    /// </summary>
    public static string Canonical(string name) =>
        name.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c))
            ? string.Create(
                name.Length,
                name,
                static (canonical, name) =>
                {
                    for (var i = 0; i < name.Length; i++)
                    {
                        canonical[i] =
                            i == 0 || name[i - 1] == '-'
                                ? char.ToUpperInvariant(name[i])
                                : char.ToLowerInvariant(name[i]);
                    }
                }
            )
            : name;
}
