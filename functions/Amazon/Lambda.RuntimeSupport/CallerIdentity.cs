using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The two JSON headers by which a mobile client makes itself known. What cannot be read counts as absent.</summary>
internal static class CallerIdentity
{
    public static IClientContext? ClientContext(string? json)
    {
        if (Parse(json) is not { } root)
        {
            return null;
        }

        var client = Member(root, "client");
        return new Context(
            Strings(Member(root, "env")),
            new Application(
                Text(client, "app_package_name"),
                Text(client, "app_title"),
                Text(client, "app_version_code"),
                Text(client, "app_version_name"),
                Text(client, "installation_id")
            ),
            Strings(Member(root, "custom"))
        );
    }

    public static ICognitoIdentity? Cognito(string? json) =>
        Parse(json) is { } root
            ? new CognitoIdentity(Text(root, "cognitoIdentityId"), Text(root, "cognitoIdentityPoolId"))
            : null;

    private static JsonElement? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;

    private static string Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : "";

    private static Dictionary<string, string> Strings(JsonElement parent)
    {
        Dictionary<string, string> strings = [];
        if (parent.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in parent.EnumerateObject())
            {
                strings[member.Name] = member.Value.ToString();
            }
        }

        return strings;
    }

    private sealed record Context(
        IDictionary<string, string> Environment,
        IClientApplication Client,
        IDictionary<string, string> Custom
    ) : IClientContext;

    private sealed record Application(
        string AppPackageName,
        string AppTitle,
        string AppVersionCode,
        string AppVersionName,
        string InstallationId
    ) : IClientApplication;

    private sealed record CognitoIdentity(string IdentityId, string IdentityPoolId) : ICognitoIdentity;
}
