namespace AlertHub.Channels.Http;

/// <summary>
/// To whom a request goes. Credentials and headers of the settings are for the destination that the settings name; a
/// redirect to another server does not carry them there.
/// </summary>
internal static class RequestOrigin
{
    private static readonly HttpRequestOptionsKey<bool> Elsewhere = new("AlertHub.Elsewhere");

    public static bool IsSame(Uri a, Uri b) =>
        Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    public static void MarkAsElsewhere(HttpRequestMessage request) => request.Options.Set(Elsewhere, true);

    public static bool IsElsewhere(HttpRequestMessage request) => request.Options.TryGetValue(Elsewhere, out _);
}
