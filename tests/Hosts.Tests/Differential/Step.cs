using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>Something that happens to both sides at the same time.</summary>
internal abstract record Step
{
    private Step() { }

    /// <summary>A request with alerts.</summary>
    public sealed record Post(IReadOnlyList<PostedAlert> Alerts) : Step;

    /// <summary>A request with this body; <c>$scenario</c> stands for the scenario's name, <c>$at</c> for now.</summary>
    public sealed record PostBody(string Json) : Step;

    /// <summary>A silence from one time to another; one that has this name already is changed.</summary>
    /// <param name="Matchers">As in <c>a=b c=~"d|e" f!=g</c>, but without quotes; the scenario's own is added.</param>
    public sealed record Silence(string Name, string Matchers, int FromMs, int ToMs) : Step;

    /// <summary>Ends a silence; one of which nobody heard, where the name is new.</summary>
    public sealed record Unsilence(string Name) : Step;

    /// <summary>
    /// amtool with these arguments. <c>$scenario</c> stands for the scenario's name, <c>$id:x</c> for the id of the
    /// silence x, <c>$at:1000</c> for a time, <c>$import:x</c> for a file with the silence x, made from
    /// <paramref name="Import"/>.
    /// </summary>
    /// <param name="Makes">The name of the silence whose id it prints.</param>
    public sealed record Amtool(IReadOnlyList<string> Arguments, string? Makes = null, Silence? Import = null) : Step;

    /// <summary>The scenario's configuration becomes this one.</summary>
    public sealed record Reload(string Config) : Step;

    /// <summary>The program is ended in peace and started again.</summary>
    public sealed record Restart : Step;

    /// <summary>What GET /api/v2/alerts says is compared.</summary>
    public sealed record Look : Step;
}

/// <summary>An alert as it is posted.</summary>
/// <param name="Series">Its name and labels, as in <c>A i=1 severity=critical</c>; the scenario's own is added.</param>
internal sealed record PostedAlert(string Series)
{
    /// <summary>Null: none is sent.</summary>
    public int? StartsAtMs { get; init; }

    /// <summary>Null: none is sent.</summary>
    public int? EndsAtMs { get; init; }

    /// <summary>As in <c>summary=x</c>.</summary>
    public string Annotations { get; init; } = "";

    public IEnumerable<(string Name, string Value)> Labels => Pairs(Series, "alertname");

    /// <summary>Words <c>name=value</c>; of a word without = the name is known.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string words, string nameOfBare) =>
        from word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let sign = word.IndexOf('=', StringComparison.Ordinal)
        select sign < 0 ? (nameOfBare, word) : (word[..sign], word[(sign + 1)..]);
}

/// <summary>A webhook that Alertmanager sends in a scenario.</summary>
/// <param name="Alerts">As in <c>A i=1 firing, B resolved</c>, in the message's order.</param>
internal sealed record Sent(int AtMs, string Receiver, string Alerts);

/// <summary>A receiver's answers, before it answers 200.</summary>
internal sealed record Script(string Receiver, IReadOnlyList<WebhookAnswer> Answers);
