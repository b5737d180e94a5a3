using AlertHub.Configuration.Shapes;
using AlertHub.Text;

namespace AlertHub.Configuration.Receivers;

/// <summary>One item of <c>pushover_configs</c>. Limits: title 250 characters, message 1024, URL 512 (https://pushover.net/api#limits).</summary>
public sealed record PushoverConfig : Integration
{
    public override string Kind => "pushover";

    public SecretReference? UserKey { get; init; }

    public string UserKeyFile { get; init; } = "";

    public SecretReference? Token { get; init; }

    public string TokenFile { get; init; } = "";

    /// <summary>At most 250 characters.</summary>
    public string Title { get; init; } = """{{ template "pushover.default.title" . }}""";

    /// <summary>At most 1024 characters.</summary>
    public string Message { get; init; } = """{{ template "pushover.default.message" . }}""";

    /// <summary>At most 512 characters.</summary>
    public string Url { get; init; } = """{{ template "pushover.default.url" . }}""";

    /// <summary>At most 100 characters.</summary>
    public string UrlTitle { get; init; } = "";

    public string Device { get; init; } = "";

    public string Sound { get; init; } = "";

    public string Priority { get; init; } = """{{ if eq .Status "firing" }}2{{ else }}0{{ end }}""";

    /// <summary>At least 30 seconds.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>At most 3 hours.</summary>
    public TimeSpan Expire { get; init; } = TimeSpan.FromHours(1);

    /// <summary>In whole seconds.</summary>
    public TimeSpan Ttl { get; init; }

    public bool Html { get; init; }

    public bool Monospace { get; init; }

    /// <summary>Go's durations by their text: unlike elsewhere a bare number is none. Before the shape, which uses it.</summary>
    private static Kind<TimeSpan> Length { get; } =
        new KindOf<TimeSpan>(
            static place =>
            {
                if (Kinds.ReadText(place) is not { Length: > 0 } text)
                {
                    return TimeSpan.Zero;
                }

                if (GoDuration.Parse(text, out var objection) is { } length)
                {
                    return length;
                }

                place.Error($"{objection}");
                return TimeSpan.Zero;
            },
            Kinds.GoDuration.Print,
            Kinds.GoDuration.IsEmpty,
            Kinds.GoDuration.Schema
        );

    internal static Shape<PushoverConfig> Shape { get; } =
        new Shape<PushoverConfig>("pushover_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("user_key", Kinds.Secret, static c => c.UserKey, static (c, v) => c with { UserKey = v })
            .About("The user's or group's key. A secret.")
            .Field(
                "user_key_file",
                Kinds.SecretFile("user_key"),
                static c => c.UserKeyFile,
                static (c, v) => c with { UserKeyFile = v }
            )
            .About("A file that holds the user's key.")
            .Since("0.26")
            .Field("token", Kinds.Secret, static c => c.Token, static (c, v) => c with { Token = v })
            .About("The application's token. A secret.")
            .Field(
                "token_file",
                Kinds.SecretFile("token"),
                static c => c.TokenFile,
                static (c, v) => c with { TokenFile = v }
            )
            .About("A file that holds the application's token.")
            .Since("0.26")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The notification's title.")
            .Field("message", Kinds.Template, static c => c.Message, static (c, v) => c with { Message = v })
            .About("The notification's text.")
            .Field("url", Kinds.Template, static c => c.Url, static (c, v) => c with { Url = v })
            .About("A link below the text.")
            .Field("url_title", Kinds.Template, static c => c.UrlTitle, static (c, v) => c with { UrlTitle = v })
            .About("What the link says.")
            .Field("device", Kinds.Template, static c => c.Device, static (c, v) => c with { Device = v })
            .About("The device to notify; all of the user's if left out.")
            .Since("0.26")
            .Field("sound", Kinds.Template, static c => c.Sound, static (c, v) => c with { Sound = v })
            .About("The sound to play (https://pushover.net/api#sounds).")
            .Field("priority", Kinds.Template, static c => c.Priority, static (c, v) => c with { Priority = v })
            .About("-2 (no notification) to 2 (repeated until acknowledged).")
            .Field("retry", Length, static c => c.Retry, static (c, v) => c with { Retry = v })
            .About("With priority 2: how often it is repeated, such as 1m.")
            .Field("expire", Length, static c => c.Expire, static (c, v) => c with { Expire = v })
            .About("With priority 2: for how long it is repeated, such as 1h.")
            .Field("ttl", Length, static c => c.Ttl, static (c, v) => c with { Ttl = v })
            .About("After this time it disappears from the devices; 0 for never.")
            .Since("0.26")
            .Field("html", Kinds.Bool, static c => c.Html, static (c, v) => c with { Html = v })
            .About("Whether the text is HTML.")
            .Field("monospace", Kinds.Bool, static c => c.Monospace, static (c, v) => c with { Monospace = v })
            .About("Whether the text is shown in a monospaced font.")
            .Since("0.26")
            .RequireOneOf("user_key", "user_key_file")
            .Exclusive("user_key", "user_key_file")
            .RequireOneOf("token", "token_file")
            .Exclusive("token", "token_file")
            .Exclusive("html", "monospace");
}
