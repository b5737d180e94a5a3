using System.Text;

namespace AlertHub.Channels.Http;

/// <summary>User name and password as HTTP's Basic authentication has them (RFC 7617, in UTF-8).</summary>
internal static class BasicText
{
    public static string Of(string user, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>Of those that stand in an address.</summary>
    public static string OfUserInfo(Uri url)
    {
        var (user, password) = Parts(url);
        return Of(user, password);
    }

    public static (string User, string Password) Parts(Uri url)
    {
        var parts = url.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
    }

    /// <summary>The text within; null where it is none.</summary>
    public static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }
}
