using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>Secrets and addresses.</summary>
internal static partial class Kinds
{
    /// <summary>How a secret prints, and what is taken back where such a print is loaded.</summary>
    public const string Hidden = "<secret>";

    /// <summary>
    /// The same for an address that was no secret in Alertmanager 0.25, so that its amtool, which wants a URL, takes it.
    /// </summary>
    private const string HiddenUrl = "http://<secret>";

    /// <summary>A secret, or where it stands: <c>ssm:/name</c>, <c>env:NAME</c>, <c>file:/path</c>.</summary>
    public static Kind<SecretReference?> Secret { get; } = SecretOf(static (_, _) => null, Schemas.Secret);

    /// <summary>An address that is a secret, such as a Slack webhook.</summary>
    public static Kind<SecretReference?> SecretUrl { get; } =
        SecretOf(static (_, text) => HttpObjection(text), Schemas.Secret);

    /// <summary>The same; or a template that becomes one.</summary>
    public static Kind<SecretReference?> SecretTemplateUrl { get; } =
        SecretOf(
            static (place, text) =>
                text.Contains("{{", StringComparison.Ordinal)
                    ? SecretTemplateObjection(place, text)
                    : HttpObjection(text),
            Schemas.Secret,
            HiddenUrl
        );

    /// <summary>Path of a file that holds a secret, for which there is another key, too.</summary>
    public static Kind<string> SecretFile(string otherKey) =>
        FileOf((_, misplaced) => $"{misplaced}, under \"{otherKey}\"");

    /// <summary>Path of a file with what need not be secret, so that it may as well stand in the configuration, under another key.</summary>
    public static Kind<string> OpenFile(string otherKey) =>
        FileOf((path, _) => $"the file \"{path}\" cannot be read here; write under \"{otherKey}\" what it holds");

    /// <summary>A host that may not take a secret from a file has none to take anything from.</summary>
    private static Kind<string> FileOf(Func<string, string, string> objection) =>
        TextOf(
            (place, path) =>
                path.Length > 0 && place.Reading.SecretReview(new SecretReference.FromFile(path)) is { } misplaced
                    ? objection(path, misplaced)
                    : null,
            Schemas.Text
        );

    /// <summary>What the template's parser says may quote the secret.</summary>
    private static string? SecretTemplateObjection(Place place, string text)
    {
        var remarks = place.Reading.Review(place, text);
        if (remarks.Any(static remark => remark.IsSyntax))
        {
            return "the URL holds \"{{\", so it is a template, but it does not parse as one";
        }

        foreach (var remark in remarks)
        {
            place.Reading.Warn(remark, place.Path, "the URL uses a template or a field which is not there");
        }

        return null;
    }

    /// <summary>An http or https address; null where none is given.</summary>
    public static Kind<string?> Url { get; } = UrlOf(HttpObjection, Schemas.Url);

    /// <summary>A URL of any scheme, or of none.</summary>
    public static Kind<string?> AnyUrl { get; } = UrlOf(GoUrl.Objection, Schemas.Text);

    /// <summary><c>host:port</c>; null where none is given.</summary>
    public static Kind<HostPort?> HostPort { get; } =
        new KindOf<HostPort?>(
            static place =>
            {
                if (ReadText(place) is not { Length: > 0 } text)
                {
                    return null;
                }

                if (Configuration.HostPort.Parse(text, out var objection) is { } address)
                {
                    return address;
                }

                place.Error($"{objection}");
                return null;
            },
            static value => Quoted($"{value}"),
            static value => value is null,
            static _ => Schemas.Text()
        );

    private static KindOf<string?> UrlOf(
        Func<string, string?> objection,
        Func<System.Text.Json.Nodes.JsonObject> schema
    ) =>
        new(
            place =>
            {
                if (IsNothing(place) || ReadText(place) is not { } text)
                {
                    return null;
                }

                if (objection(text) is { } wrong)
                {
                    place.Error($"{wrong}, found \"{GoUrl.Redacted(text)}\"");
                }

                return text;
            },
            static value => value is null ? Null : Quoted(GoUrl.Redacted(value)),
            static value => value is null,
            _ => schema()
        );

    private static Kind<SecretReference?> SecretOf(
        Func<Place, string, string?> objection,
        Func<System.Text.Json.Nodes.JsonObject> schema,
        string hidden = Hidden
    ) =>
        new KindOf<SecretReference?>(
            place =>
            {
                if (IsNothing(place) || ReadText(place) is not { } text)
                {
                    return null;
                }

                var secret = SecretReference.Parse(text);
                if (secret is SecretReference.Literal && text != Hidden && objection(place, text) is { } wrong)
                {
                    place.Error(IsVariable(text) ? NotExpanded : wrong);
                }
                else if (
                    text.Length > 0
                    && !(secret is SecretReference.Literal && hidden == HiddenUrl)
                    && place.Reading.SecretReview(secret) is { } misplaced
                )
                {
                    place.Error(misplaced);
                }
                else if (secret is SecretReference.Literal && IsVariable(text))
                {
                    place.Warn(NotExpanded);
                }

                return secret is SecretReference.Literal && text.Length == 0 ? null : secret;
            },
            value => value is null ? Null : Quoted(hidden),
            static value => value is null,
            _ => schema()
        );

    private const string NotExpanded =
        "variables of the environment are not expanded here; write env:NAME instead, or name a file with the key's _file form";

    /// <summary><c>${NAME}</c>, which a shell would replace.</summary>
    private static bool IsVariable(string text) => text is ['$', '{', .., '}'] or ['$', (>= 'A' and <= 'Z'), ..];

    private static string? HttpObjection(string text) =>
        GoUrl.HttpObjection(text) is not { } objection ? null
        : text.Length > 0
        && char.IsAsciiLetterOrDigit(text[0])
        && !text.Contains("//", StringComparison.Ordinal)
        && GoUrl.HttpObjection($"http://{text}") is null
            ? "the URL has no scheme; put http:// or https:// before it"
        : objection;

    /// <summary>What yaml.v2 takes for nothing before it looks at the type: a pointer stays nil.</summary>
    private static bool IsNothing(Place place) =>
        place.Node is YamlNode.Scalar { Text: "null" or "~" or "", IsNull: true };
}
