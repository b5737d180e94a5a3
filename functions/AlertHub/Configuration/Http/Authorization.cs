using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Http;

/// <summary>An <c>Authorization</c> header.</summary>
public sealed record Authorization
{
    public string Type { get; init; } = "";

    public SecretReference? Credentials { get; init; }

    public string CredentialsFile { get; init; } = "";

    public string CredentialsRef { get; init; } = "";

    internal static Shape<Authorization> Shape { get; } =
        new Shape<Authorization>("authorization", new())
            .Field("type", Kinds.Text, static a => a.Type, static (a, v) => a with { Type = v })
            .About("The scheme, Bearer if not given.")
            .Field("credentials", Kinds.Secret, static a => a.Credentials, static (a, v) => a with { Credentials = v })
            .About("What follows the scheme.")
            .Field(
                "credentials_file",
                Kinds.SecretFile("credentials"),
                static a => a.CredentialsFile,
                static (a, v) => a with { CredentialsFile = v }
            )
            .About("A file that holds the credentials.")
            .Field(
                "credentials_ref",
                Kinds.Text,
                static a => a.CredentialsRef,
                static (a, v) => a with { CredentialsRef = v }
            )
            .About("The name of the credentials in a secret manager.")
            .Exclusive("credentials", "credentials_file", "credentials_ref")
            .Then(
                static (a, place) =>
                {
                    var type = a.Type.Trim();
                    if (type.Equals("basic", StringComparison.OrdinalIgnoreCase))
                    {
                        place["type"].Error("for Basic authentication use basic_auth with username and password");
                    }

                    return a with
                    {
                        Type = type.Length == 0 ? "Bearer" : type,
                    };
                }
            );
}
