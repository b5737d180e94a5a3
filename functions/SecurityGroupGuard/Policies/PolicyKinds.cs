using System.Buffers;
using System.Text.Json.Nodes;
using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;
using AlertHub.Muting;
using Cronos;

namespace SecurityGroupGuard.Policies;

/// <summary>The kinds of value that a policy knows beside those of every configuration.</summary>
internal static partial class PolicyKinds
{
    private static readonly SearchValues<char> LowerLettersAndDigits = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Stands where a pattern was refused; such a document is no policy.</summary>
    private static PrincipalPattern Nobody { get; } =
        PrincipalPattern.Parse("arn:aws:iam::000000000000:role/nobody", out _)
        ?? throw new InvalidOperationException("an ARN in full is a pattern");

    public static Kind<PrincipalPattern?> Principal { get; } =
        Optional<PrincipalPattern>(ReadPrincipal, static pattern => pattern.Pattern, Schemas.Text);

    /// <summary>For lists, where nothing is a principal that is missing.</summary>
    public static Kind<PrincipalPattern> EachPrincipal { get; } =
        new KindOf<PrincipalPattern>(
            static place => ReadPrincipal(place, Kinds.ReadText(place)) ?? Nobody,
            static pattern => Kinds.Quoted(pattern.Pattern),
            static _ => false,
            static _ => Schemas.Text()
        );

    public static Kind<Glob?> Glob { get; } =
        Optional<Glob>(
            static (place, text) =>
                text is null ? null
                : text.Length > 0 ? new(text)
                : Refused<Glob>(place, "a pattern is missing; write a name, in which * and ? stand for others"),
            static glob => glob.Pattern,
            Schemas.Text
        );

    public static Kind<CronExpression?> Cron { get; } =
        Optional<CronExpression>(ReadCron, static cron => $"{cron}", Schemas.Text);

    public static Kind<Location> TimeZone { get; } =
        new KindOf<Location>(
            static place => ReadTimeZone(place) ?? Location.Utc,
            static location => Kinds.Quoted(location.Name),
            static _ => false,
            static _ => Schemas.Text()
        );

    /// <summary>Null where nothing stands there; the empty text is a value.</summary>
    public static Kind<string?> OptionalText { get; } =
        Optional<string>(static (_, text) => text, static text => text, Schemas.Text);

    public static Kind<string> TagKey { get; } = Kinds.TextOf(static (_, text) => TagKeyObjection(text), Schemas.Text);

    public static Kind<string?> OptionalTagKey { get; } =
        Optional<string>(
            static (place, text) =>
                text is null ? null
                : text.Length == 0
                    ? Refused<string>(place, "a tag's key is missing; leave \"tag\" out if none is needed")
                : TagKeyObjection(text) is { } objection ? Refused<string>(place, objection)
                : text,
            static text => text,
            Schemas.Text
        );

    public static Kind<string> Account { get; } =
        Kinds.TextOf(
            static (_, text) =>
                text.Length == 12 && text.All(char.IsAsciiDigit)
                    ? null
                    : $"\"{text}\" is no account; write its twelve digits in quotes",
            static () => new() { ["type"] = new JsonArray("string", "number") }
        );

    /// <summary>What CloudTrail has under <c>invokedBy</c>.</summary>
    public static Kind<string> ServiceName { get; } =
        Kinds.TextOf(
            static (_, text) =>
                text.Length == 0 || text.Contains('.', StringComparison.Ordinal)
                    ? null
                    : $"\"{text}\" is no service as CloudTrail calls it; write {text}.amazonaws.com",
            Schemas.Text
        );

    /// <summary>The id of a resource: <c>sg-0123</c> for <c>sg</c>.</summary>
    public static Kind<string> Id(string prefix) =>
        Kinds.TextOf(
            (_, text) =>
                text.StartsWith($"{prefix}-", StringComparison.Ordinal)
                && text.Length > prefix.Length + 1
                && text.AsSpan(prefix.Length + 1).IndexOfAnyExcept(LowerLettersAndDigits) < 0
                    ? null
                    : $"\"{text}\" is no id of this kind; it looks like {prefix}-0123456789abcdef0",
            Schemas.Text
        );

    /// <summary>Something made of text, which is null where nothing stands there.</summary>
    private static KindOf<T?> Optional<T>(Func<Place, string?, T?> read, Func<T, string> print, Func<JsonObject> schema)
        where T : class =>
        new(
            place => read(place, TextAt(place)),
            value => value is null ? Null : Kinds.Quoted(print(value)),
            static value => value is null,
            _ => schema()
        );

    /// <summary>Null where nothing stands there, and where no text does, which is said.</summary>
    private static string? TextAt(Place place) =>
        place.Node is YamlNode.Scalar { IsNull: true } ? null : Kinds.ReadText(place);

    private static YamlNode Null => new YamlNode.Scalar("null");

    private static T? Refused<T>(Place place, string objection)
        where T : class
    {
        place.Error(objection);
        return null;
    }

    private static PrincipalPattern? ReadPrincipal(Place place, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var pattern = PrincipalPattern.Parse(text, out var objection);
        if (pattern is null)
        {
            place.Error($"{objection}");
        }
        else if (pattern.IsForStrangers)
        {
            place.Warn(
                $"\"{text}\" stands for whoever there is; name the roles, as in arn:aws:iam::111122223333:role/deploy/*"
            );
        }

        return pattern;
    }

    private static CronExpression? ReadCron(Place place, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!CronExpression.TryParse(text, CronFormat.Standard, out var cron))
        {
            var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            place.Error(
                fields is 5 or 0 or 1
                    ? $"\"{text}\" is no cron expression; write minute, hour, day of the month, month and day of the week, such as \"0 22 * * SAT\""
                    : $"\"{text}\" has {fields} fields; a cron expression has 5 here: minute, hour, day of the month, month, day of the week"
            );
            return null;
        }

        return cron;
    }

    private static Location? ReadTimeZone(Place place)
    {
        if (TextAt(place) is not { } text)
        {
            return null;
        }

        // Nobody knows what a function's own clock shows.
        string? objection =
            $"\"{text}\" says no time zone; write a name of the IANA time zone database such as Europe/Berlin, or UTC";
        var location = text is "" or "Local" ? null : Location.Parse(text, out objection);
        if (location is null)
        {
            place.Error($"{objection}");
        }

        return location;
    }

    private static string? TagKeyObjection(string text) =>
        text.Length > 128 ? "a tag's key has 128 characters at most"
        : text.Trim() != text ? $"\"{text}\" begins or ends with a space, which a tag's key does not"
        : null;
}
