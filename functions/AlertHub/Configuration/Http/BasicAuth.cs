using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Http;

/// <summary>User name and password of HTTP's Basic authentication.</summary>
public sealed record BasicAuth
{
    public string Username { get; init; } = "";

    public string UsernameFile { get; init; } = "";

    public string UsernameRef { get; init; } = "";

    public SecretReference? Password { get; init; }

    public string PasswordFile { get; init; } = "";

    public string PasswordRef { get; init; } = "";

    internal static Shape<BasicAuth> Shape { get; } =
        new Shape<BasicAuth>("basic_auth", new())
            .Field("username", Kinds.Text, static a => a.Username, static (a, v) => a with { Username = v })
            .About("The user's name.")
            .Always()
            .Field(
                "username_file",
                Kinds.OpenFile("username"),
                static a => a.UsernameFile,
                static (a, v) => a with { UsernameFile = v }
            )
            .About("A file that holds the user's name.")
            .Field("username_ref", Kinds.Text, static a => a.UsernameRef, static (a, v) => a with { UsernameRef = v })
            .About("The name of the user name in a secret manager.")
            .Field("password", Kinds.Secret, static a => a.Password, static (a, v) => a with { Password = v })
            .About("The password.")
            .Field(
                "password_file",
                Kinds.SecretFile("password"),
                static a => a.PasswordFile,
                static (a, v) => a with { PasswordFile = v }
            )
            .About("A file that holds the password.")
            .Field("password_ref", Kinds.Text, static a => a.PasswordRef, static (a, v) => a with { PasswordRef = v })
            .About("The name of the password in a secret manager.")
            .Exclusive("username", "username_file", "username_ref")
            .Exclusive("password", "password_file", "password_ref");
}
