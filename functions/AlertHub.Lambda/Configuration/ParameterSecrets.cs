using AlertHub.Configuration;

namespace AlertHub.Lambda.Configuration;

/// <summary>
/// Where the secrets of a configuration stand on AWS: in Parameter Store, in the folder that the functions may read. A
/// configuration is kept in versions and shown to whoever asks, so none stands in the file itself; and the files that a key
/// such as <c>password_file</c> names are of another machine.
/// </summary>
internal static class ParameterSecrets
{
    /// <param name="parameters">Value of <see cref="Names.ParametersVariable"/>.</param>
    public static SecretReview Review(string parameters) => secret => Objection(secret, parameters);

    /// <summary>What is wrong with where a secret stands, and what to write instead; null where nothing is.</summary>
    public static string? Objection(SecretReference secret, string parameters)
    {
        var folder = $"{parameters}{Names.SecretsFolder}/";
        return secret switch
        {
            SecretReference.Parameter { Name: var name } when IsIn(folder, name) => null,
            SecretReference.Parameter { Name: var name } =>
                $"the hub may not read the parameter \"{name}\"; store the secret as {folder}NAME, with letters, digits and . - _ in its name, and write ssm:{folder}NAME",
            SecretReference.Literal =>
                $"a secret must not stand in the file itself, which is kept and shown; store it with: aws ssm put-parameter --type SecureString --name {folder}NAME --value ..., and write ssm:{folder}NAME",
            _ =>
                $"\"{secret}\" is of another machine; store the secret with: aws ssm put-parameter --type SecureString --name {folder}NAME --value ..., and write ssm:{folder}NAME",
        };
    }

    /// <summary>Neither an ARN nor an older version of a parameter, which <c>:3</c> behind its name would be.</summary>
    private static bool IsIn(string folder, string name) =>
        name.Length > folder.Length
        && name.StartsWith(folder, StringComparison.Ordinal)
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/')
        && name[^1] != '/'
        && !name.Contains("//", StringComparison.Ordinal);
}
