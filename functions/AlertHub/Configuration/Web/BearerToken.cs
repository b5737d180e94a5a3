using AlertHub.Alerts;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Web;

/// <summary>A token that lets in, as <c>Authorization: Bearer</c>.</summary>
public sealed record BearerToken
{
    /// <summary>Whose it is, for logs.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of this machine: written out, in a variable or in a file.</summary>
    public required SecretReference? Token { get; init; }

    /// <summary>From the folder of the web configuration where it is relative.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Put on every alert that comes with it, whatever the alert says itself.</summary>
    public Labels Labels { get; init; } = Labels.Empty;

    /// <summary><see cref="AllScope"/> or <see cref="AlertsScope"/>.</summary>
    public string Scope { get; init; } = AllScope;

    /// <summary>It lets in for everything.</summary>
    public const string AllScope = "all";

    /// <summary>For nothing but to send alerts.</summary>
    public const string AlertsScope = "alerts";

    internal static Shape<BearerToken> Shape { get; } =
        new Shape<BearerToken>("bearer_token", new() { Token = null })
            .Called("a token")
            .Field("name", Kinds.Text, static t => t.Name, static (t, v) => t with { Name = v })
            .About("Whose token it is, for the log.")
            .Field("token", Kinds.Secret, static t => t.Token, static (t, v) => t with { Token = v })
            .About("The token, or env:NAME or file:/path that hold it.")
            .Field("token_file", Kinds.Text, static t => t.TokenFile, static (t, v) => t with { TokenFile = v })
            .About("A file that holds the token, read again when it changes.")
            .Field("labels", Kinds.Labels(Kinds.Text), static t => t.Labels, static (t, v) => t with { Labels = v })
            .About("Labels of every alert that comes with it, whatever the alert says itself: such as its tenant.")
            .Field(
                "scope",
                Kinds.OneOf(AllScope, AlertsScope),
                static t => t.Scope,
                static (t, v) => t with { Scope = v }
            )
            .About("What it lets in for: alerts is to send alerts and nothing else.")
            .Require("name", "say whose token it is, for the log")
            .RequireOneOf("token", "token_file")
            .Exclusive("token", "token_file")
            .Check(
                static (token, place) =>
                {
                    switch (token.Token)
                    {
                        case SecretReference.Parameter:
                            place["token"]
                                .Error("ssm: does not work here; write env:NAME, or name a file in token_file");
                            break;
                        case SecretReference.Literal { Value: var value } when value.Reveal().Length < ShortestToken:
                            place["token"]
                                .Warn(
                                    $"a token of fewer than {ShortestToken} characters can be guessed; openssl rand -hex 32 makes one"
                                );
                            break;
                    }
                }
            );

    /// <summary>Characters; a shorter one can be guessed.</summary>
    public const int ShortestToken = 16;
}
