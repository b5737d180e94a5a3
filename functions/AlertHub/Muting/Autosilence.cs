using System.Security.Cryptography;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;

namespace AlertHub.Muting;

/// <summary>
/// Silences alerts that are known to mean nothing, such as those of a machine in maintenance, when they begin to fire: once
/// for each fire, so that whoever ends such a silence early is not overruled until the alert has ended and fires again,
/// and what lasts longer than the silence is told.
/// </summary>
public sealed class Autosilence
{
    private readonly IReadOnlyList<AutosilenceRule> rules;

    private Autosilence(IReadOnlyList<AutosilenceRule> rules) => this.rules = rules;

    /// <summary>Whether there is no rule.</summary>
    public bool IsEmpty => rules.Count == 0;

    public static Autosilence Compile(IReadOnlyList<AutosilenceRule> rules) => new(rules);

    /// <summary>The silence to make for an alert that came; null where there is none to make.</summary>
    /// <param name="before">What was known of it; null where that is nothing.</param>
    /// <param name="alert">After it came.</param>
    /// <param name="silences">Those that there are.</param>
    /// <param name="now">When it came.</param>
    public Silence? For(TrackedAlert? before, TrackedAlert alert, Silences silences, DateTimeOffset now)
    {
        if (rules.Count == 0 || !alert.IsFiring(now) || before?.IsFiring(now) is true)
        {
            return null;
        }

        var rule = rules.FirstOrDefault(rule => rule.Matchers.All(m => m.Matches(alert.Labels[m.Name])));
        // An alert that has none of the labels would silence all that have none of them.
        return rule is null || alert.Labels.Only(rule.Equal).Count == 0 || silences.Mute(alert.Labels, now).Count > 0
            ? null
            : new()
            {
                Id = Id(rule, alert, now),
                Matchers = [.. rule.Equal.Select(name => Matcher.Equal(name, alert.Labels[name] ?? ""))],
                StartsAt = now,
                EndsAt = now + rule.Duration,
                UpdatedAt = now,
                CreatedBy = rule.CreatedBy,
                Comment = rule.Comment.Length > 0 ? rule.Comment : $"made by the rule \"{rule.Name}\" of hub.yml",
            };
    }

    /// <summary>A UUID (version 8, RFC 9562) of what makes the silence this one: rules throw no dice.</summary>
    private static string Id(AutosilenceRule rule, TrackedAlert alert, DateTimeOffset now)
    {
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes($"{rule.Name}\n{alert.Labels.FingerprintText}\n{now.UtcTicks}")
        );
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}
