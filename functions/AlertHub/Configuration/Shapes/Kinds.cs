using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using AlertHub.Configuration.Yaml;
using AlertHub.Text;

namespace AlertHub.Configuration.Shapes;

/// <summary>The kinds of value that a configuration knows, as yaml.v2 decodes them into Go's types.</summary>
internal static partial class Kinds
{
    private static YamlNode Null => new YamlNode.Scalar("null");

    /// <summary>Text; a number or a boolean is taken as it is written, nothing as empty text.</summary>
    public static Kind<string> Text { get; } = TextOf(static (_, _) => null, Schemas.Text);

    /// <summary>Text that is a Go template.</summary>
    public static Kind<string> Template { get; } = TemplateFor(TemplateUse.Text);

    /// <summary>A Go template that becomes a page.</summary>
    public static Kind<string> HtmlTemplate { get; } = TemplateFor(TemplateUse.Page);

    /// <summary>A Go template that becomes a label of a route.</summary>
    public static Kind<string> LabelTemplate { get; } = TemplateFor(TemplateUse.RouteLabel);

    private static Kind<string> TemplateFor(TemplateUse use) =>
        TextOf(
            (place, text) =>
            {
                foreach (var remark in place.Reading.Review(place, text, use))
                {
                    place.Reading.Warn(
                        remark,
                        place.Path,
                        remark.IsSyntax
                            ? $"the template does not parse, so it will fail when it is used: {remark.Message}"
                            : $"the template will fail when this is reached: {remark.Message}"
                    );
                }

                return null;
            },
            Schemas.Template
        );

    /// <summary>One of a few words; nothing and the empty text pass, as they do upstream.</summary>
    public static Kind<string> OneOf(params string[] words) =>
        TextOf(
            (_, text) =>
                text.Length == 0 || words.Contains(text)
                    ? null
                    : $"\"{text}\" is not one of {string.Join(", ", words)}{Suggestion.For(text, words)}",
            () => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w), "", null]) }
        );

    /// <summary>One of a few words, and the empty text is none of them; nothing leaves it open.</summary>
    public static Kind<string> Word(params string[] words) =>
        TextOf(
            (place, text) =>
                IsNothing(place) || words.Contains(text)
                    ? null
                    : $"\"{text}\" is not one of {string.Join(", ", words)}{Suggestion.For(text, words)}",
            () => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w), null]) }
        );

    public static Kind<bool> Bool { get; } =
        new KindOf<bool>(
            static place => ReadBool(place) ?? false,
            static value => new YamlNode.Scalar(value ? "true" : "false"),
            static value => !value,
            static _ => Schemas.Bool()
        );

    /// <summary>A boolean that may be left open.</summary>
    public static Kind<bool?> OptionalBool { get; } =
        new KindOf<bool?>(
            ReadBool,
            static value => value is { } given ? new YamlNode.Scalar(given ? "true" : "false") : Null,
            static value => value is null,
            static _ => Schemas.Bool()
        );

    public static Kind<int> Int { get; } = Whole(int.MinValue, int.MaxValue, static n => (int)n);

    public static Kind<long> Long { get; } = Whole(long.MinValue, long.MaxValue, static n => (long)n);

    public static Kind<ulong> ULong { get; } = Whole(ulong.MinValue, ulong.MaxValue, static n => (ulong)n);

    public static Kind<double> Float { get; } =
        new KindOf<double>(
            static place =>
            {
                switch (place.Node is YamlNode.Scalar scalar ? YamlValue.Of(scalar) : null)
                {
                    case YamlValue.Null:
                        return 0;
                    case YamlValue.Integer { Value: var whole }:
                        return (double)whole;
                    case YamlValue.Float { Value: var number }:
                        return number;
                    default:
                        place.Error($"expected a number, found {Shown(place.Node)}");
                        return 0;
                }
            },
            static value => new YamlNode.Scalar(value.ToString("R", CultureInfo.InvariantCulture)),
            static value => value == 0,
            static _ => new() { ["type"] = new JsonArray("number", "null") }
        );

    /// <summary>Prometheus's durations: <c>1d12h</c>.</summary>
    public static Kind<TimeSpan> Duration { get; } =
        new KindOf<TimeSpan>(
            static place => ReadDuration(place) ?? TimeSpan.Zero,
            static value => Quoted(PrometheusDuration.Print(value)),
            static value => value == TimeSpan.Zero,
            static _ => Schemas.Duration()
        );

    public static Kind<TimeSpan?> OptionalDuration { get; } =
        new KindOf<TimeSpan?>(
            ReadDuration,
            static value => value is { } given ? Quoted(PrometheusDuration.Print(given)) : Null,
            static value => value is null,
            static _ => Schemas.Duration()
        );

    /// <summary>Go's durations: <c>1h30m</c>; a bare number is nanoseconds.</summary>
    public static Kind<TimeSpan> GoDuration { get; } =
        new KindOf<TimeSpan>(
            ReadGoDuration,
            static value => Quoted(AlertHub.Text.GoDuration.Print(value)),
            static value => value == TimeSpan.Zero,
            static _ => Schemas.GoDuration()
        );

    public static YamlNode.Scalar Quoted(string text) => new(text) { IsPlain = false };

    /// <summary>Text with a rule of its own; the rule gives an objection or null.</summary>
    public static Kind<string> TextOf(Func<Place, string, string?> objection, Func<JsonObject> schema) =>
        new KindOf<string>(
            place =>
            {
                var text = ReadText(place) ?? "";
                if (objection(place, text) is { } wrong)
                {
                    place.Error(wrong);
                }

                return text;
            },
            Quoted,
            static text => text.Length == 0,
            _ => schema()
        );

    /// <summary>A scalar as text; empty for nothing, null (and a problem) for what is no text.</summary>
    public static string? ReadText(Place place)
    {
        if (place.Node is not YamlNode.Scalar scalar)
        {
            var advice = place.Node is YamlNode.Mapping { Entries: [{ Key: YamlNode.Mapping }, ..] }
                ? "; what begins with {{ must stand in quotes"
                : "";
            place.Error($"expected text, found {place.Node.Kind}{advice}");
            return null;
        }

        switch (YamlValue.Of(scalar))
        {
            case YamlValue.Null:
                return "";
            case YamlValue.Text { Value: var text }:
                return text;
            case YamlValue.Contradiction { Tag: var tag }:
                place.Error($"the tag {tag} does not fit what follows it; leave the tag out");
                return null;
            default:
                return scalar.Text;
        }
    }

    private static bool? ReadBool(Place place)
    {
        switch (place.Node is YamlNode.Scalar scalar ? YamlValue.Of(scalar) : null)
        {
            case YamlValue.Boolean { Value: var value }:
                return value;
            case YamlValue.Null:
                return null;
            default:
                var hint = place.Node is YamlNode.Scalar { IsPlain: false } ? ", without quotes" : "";
                place.Error($"expected true or false{hint}, found {Shown(place.Node)}");
                return null;
        }
    }

    private static Kind<TNumber> Whole<TNumber>(BigInteger least, BigInteger most, Func<BigInteger, TNumber> convert)
        where TNumber : struct, IEquatable<TNumber> =>
        new KindOf<TNumber>(
            place =>
            {
                BigInteger? number = (place.Node is YamlNode.Scalar scalar ? YamlValue.Of(scalar) : null) switch
                {
                    YamlValue.Null => BigInteger.Zero,
                    YamlValue.Integer { Value: var whole } => whole,
                    // yaml.v2 cuts the fraction off.
                    YamlValue.Float { Value: var f } when double.IsFinite(f) => new BigInteger(f),
                    _ => null,
                };
                if (number is { } n && n >= least && n <= most)
                {
                    return convert(n);
                }

                var hint = place.Node is YamlNode.Scalar { IsPlain: false } ? ", without quotes" : "";
                place.Error(
                    number is null
                        ? $"expected a whole number{hint}, found {Shown(place.Node)}"
                        : $"expected a whole number from {least} to {most}, found {number}"
                );
                return default;
            },
            static value => new YamlNode.Scalar(string.Create(CultureInfo.InvariantCulture, $"{value}")),
            static value => value.Equals(default),
            _ => Schemas.Whole(least >= 0)
        );

    private static TimeSpan? ReadDuration(Place place)
    {
        // Nothing is nothing; but NULL and the empty text are texts that are no duration.
        if (
            place.Node is YamlNode.Scalar { Text: "null" or "~" or "", IsNull: true }
            || ReadText(place) is not { } text
        )
        {
            return null;
        }

        if (PrometheusDuration.Parse(text, out var objection) is { } duration)
        {
            return duration;
        }

        place.Error($"{objection}");
        return null;
    }

    private static TimeSpan ReadGoDuration(Place place)
    {
        var value = place.Node is YamlNode.Scalar scalar ? YamlValue.Of(scalar) : null;
        var objection = $"expected a duration such as 30s, found {place.Node.Kind}";
        TimeSpan? duration = value switch
        {
            YamlValue.Null => TimeSpan.Zero,
            YamlValue.Integer { Value: var n } when n >= long.MinValue && n <= long.MaxValue => TimeSpan.FromTicks(
                (long)n / TimeSpan.NanosecondsPerTick
            ),
            YamlValue.Float { Value: var f } when Math.Abs(f) < long.MaxValue => TimeSpan.FromTicks(
                (long)f / TimeSpan.NanosecondsPerTick
            ),
            YamlValue.Text { Value: var text } => AlertHub.Text.GoDuration.Parse(text, out objection!),
            _ => null,
        };
        if (duration is null)
        {
            place.Error(objection);
        }

        return duration ?? TimeSpan.Zero;
    }

    private static string Shown(YamlNode node) =>
        node is YamlNode.Scalar { Text: { Length: > 0 and < 60 } text } ? $"\"{text}\"" : node.Kind;
}
