using AlertHub.Alerts;
using AlertHub.Matching;
using AlertHub.Text;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>The parameters that choose by labels or by name, which several requests share.</summary>
internal static class Filters
{
    /// <summary>The matchers of a repeatable parameter; or null and which one cannot be read.</summary>
    public static IReadOnlyList<Matcher>? Matchers(QueryText query, string parameter, out Refusal? refusal)
    {
        refusal = null;
        var matchers = new List<Matcher>();
        foreach (var text in query.All(parameter))
        {
            if (MatcherSyntax.ParseOne(text, out var objection) is not { } matcher)
            {
                refusal = Refusal.Invalid(
                    $"{parameter} {Exchange.Quote(text)}: {objection}; write one matcher such as alertname=\"DiskFull\""
                );
                return null;
            }

            matchers.Add(matcher);
        }

        return matchers;
    }

    /// <summary>The expression that a receiver's whole name must match; null where any will do, or it cannot be read.</summary>
    public static Re2? Receiver(QueryText query, out Refusal? refusal)
    {
        refusal = null;
        if (query.Last("receiver") is not { } pattern)
        {
            return null;
        }

        var expression = Re2.Whole(pattern, out var objection);
        refusal = expression is null ? Refusal.Invalid($"receiver {Exchange.Quote(pattern)}: {objection}") : null;
        return expression;
    }

    public static bool Match(this IReadOnlyList<Matcher> matchers, Labels labels)
    {
        for (var i = 0; i < matchers.Count; i++)
        {
            if (!matchers[i].Matches(labels[matchers[i].Name]))
            {
                return false;
            }
        }

        return true;
    }
}
