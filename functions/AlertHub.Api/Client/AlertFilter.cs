using System.Text;

namespace AlertHub.Api.Client;

/// <summary>Which alerts, or which alerts of groups, are asked for; all by default.</summary>
public sealed record AlertFilter
{
    /// <summary>Such as <c>severity=~"page|warn"</c>; all hold.</summary>
    public IReadOnlyList<string> Matchers { get; init; } = [];

    /// <summary>A regular expression for the whole name; null for every receiver.</summary>
    public string? Receiver { get; init; }

    /// <summary>Those that nothing mutes.</summary>
    public bool Active { get; init; } = true;

    public bool Silenced { get; init; } = true;

    public bool Inhibited { get; init; } = true;

    /// <summary>Of groups only: those whose route is muted by a time interval; since 0.28.</summary>
    public bool Muted { get; init; } = true;

    internal string ToQuery()
    {
        var query = new StringBuilder();
        foreach (var matcher in Matchers)
        {
            Add("filter", matcher);
        }

        if (Receiver is not null)
        {
            Add("receiver", Receiver);
        }

        foreach (
            var (name, wanted) in (ReadOnlySpan<(string, bool)>)
                [("active", Active), ("silenced", Silenced), ("inhibited", Inhibited), ("muted", Muted)]
        )
        {
            if (!wanted)
            {
                Add(name, "false");
            }
        }

        return query.ToString();

        void Add(string name, string value) =>
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
