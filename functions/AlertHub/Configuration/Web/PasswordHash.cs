using System.Text.RegularExpressions;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Web;

/// <summary>The hash of a password as bcrypt writes it; what it holds is never printed, nor quoted where it is wrong.</summary>
internal static partial class PasswordHash
{
    /// <summary>As long as anybody waits for an answer; each step doubles the time.</summary>
    private const int SlowestSensible = 16;

    public static Kind<Secret> Kind { get; } =
        new KindOf<Secret>(
            static place =>
            {
                var text = Kinds.ReadText(place) ?? "";
                var match = Form().Match(text);
                if (!match.Success)
                {
                    place.Error(
                        "this is no bcrypt hash, which begins with $2y$ or $2b$ and has 60 characters; htpasswd -nBC 10 \"\" makes one"
                    );
                }
                else if (int.Parse(match.Groups["cost"].ValueSpan, null) is var cost && cost is < 4 or > 31)
                {
                    place.Error($"bcrypt has no cost {cost}; make the hash with a cost of 10 to 12");
                }
                else if (cost > SlowestSensible)
                {
                    place.Warn($"a cost of {cost} takes seconds or minutes for each first request; 10 to 12 will do");
                }

                return new(text);
            },
            static _ => Kinds.Quoted(Kinds.Hidden),
            static secret => secret.Reveal().Length == 0,
            static _ => Schemas.Secret()
        );

    [GeneratedRegex(@"\A\$2[abxy]?\$(?<cost>[0-9]{2})\$[./A-Za-z0-9]{53}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
