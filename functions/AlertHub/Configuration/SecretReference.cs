namespace AlertHub.Configuration;

/// <summary>
/// Where a secret stands: <c>ssm:/name</c>, <c>env:NAME</c>, <c>file:/path</c>, or the secret itself. Prints as it was
/// written, but for a literal.
/// </summary>
public abstract record SecretReference
{
    private SecretReference() { }

    /// <summary>A parameter of AWS Systems Manager Parameter Store, by name or ARN.</summary>
    public sealed record Parameter(string Name) : SecretReference
    {
        public override string ToString() => $"ssm:{Name}";
    }

    /// <summary>An environment variable.</summary>
    public sealed record Variable(string Name) : SecretReference
    {
        public override string ToString() => $"env:{Name}";
    }

    /// <summary>A file whose content, without the white space around it, is the secret.</summary>
    public sealed record FromFile(string Path) : SecretReference
    {
        public override string ToString() => $"file:{Path}";
    }

    /// <summary>The secret as written.</summary>
    public sealed record Literal(Secret Value) : SecretReference
    {
        public override string ToString() => Value.ToString();
    }

    public static SecretReference Parse(string text)
    {
        text = text.Trim();
        return text switch
        {
            _ when After("ssm:") is { } name => new Parameter(name),
            _ when After("env:") is { } name => new Variable(name),
            _ when After("file:") is { } path => new FromFile(
                path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path
            ),
            _ => new Literal(new Secret(text)),
        };

        string? After(string scheme) =>
            text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? text[scheme.Length..] : null;
    }
}

/// <summary>A secret could not be had. The message names the reference and what to do, never the secret.</summary>
public sealed class SecretUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
