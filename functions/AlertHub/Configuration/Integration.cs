using AlertHub.Configuration.Http;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

/// <summary>One way to tell somebody: one item of <c>slack_configs</c>, <c>email_configs</c> and so on.</summary>
public abstract record Integration
{
    /// <summary>As in metrics and the notification log: <c>slack</c>, <c>email</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether it is told when alerts end.</summary>
    public bool SendResolved { get; init; }

    /// <summary>How requests are made; e-mail has none. Taken from the global section where it is not given.</summary>
    public HttpClientConfig? HttpConfig { get; init; }

    /// <summary>Whether it makes HTTP requests, so that it takes the global section's settings of them.</summary>
    internal virtual bool UsesHttp => true;

    /// <summary>The kind alone: addresses among the options may hold a password.</summary>
    public sealed override string ToString() => Kind;

    /// <summary>
    /// This integration with what it lacks taken from the global section, and a problem for what stands in neither. The
    /// loader has taken <see cref="HttpConfig"/> already.
    /// </summary>
    internal virtual Integration Inherit(GlobalConfig global, Place place) => this;
}

/// <summary>The keys that integrations share.</summary>
internal static class IntegrationShapes
{
    public static Shape<T> SendResolved<T>(this Shape<T> shape)
        where T : Integration =>
        shape
            .Field(
                "send_resolved",
                Kinds.Bool,
                static c => c.SendResolved,
                static (c, v) => c with { SendResolved = v }
            )
            .About("Whether to tell when alerts end.")
            .Always();

    public static Shape<T> HttpConfig<T>(this Shape<T> shape)
        where T : Integration =>
        shape
            .Field(
                "http_config",
                HttpClientConfig.Shape,
                static c => c.HttpConfig,
                static (c, v) => c with { HttpConfig = v }
            )
            .About("How requests are made: authentication, TLS, proxy.");
}
