using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>Who did it, as CloudTrail says in <c>userIdentity</c>.</summary>
internal static class CloudTrailIdentity
{
    public static bool IsRoot(JsonElement detail) => detail.Member("userIdentity")?.Text("type") == "Root";

    /// <summary>
    /// As people know it: a user's name, a role with its session, a service. The root user has no other name.
    /// </summary>
    public static string Name(JsonElement detail)
    {
        var identity = detail.Member("userIdentity") ?? default;
        return IsRoot(detail)
            ? "The root user"
            : identity.Text("userName")
                ?? Session(identity.Text("arn"))
                ?? identity.Text("invokedBy")
                ?? identity.Text("principalId")
                ?? identity.Text("accountId")
                ?? "Somebody";
    }

    /// <summary><c>assumed-role/developer/maria</c> is developer/maria.</summary>
    private static string? Session(string? arn) =>
        Arn.Parse(arn)?.Resource.Split('/', 2) is [_, var name] ? name : null;
}
