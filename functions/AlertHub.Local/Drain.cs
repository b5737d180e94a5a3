namespace AlertHub.Local;

/// <summary>How long the process may take to stop. Together below the ten seconds that `docker stop` gives.</summary>
internal static class Drain
{
    /// <summary>Requests under way are answered.</summary>
    public static readonly TimeSpan ForRequests = TimeSpan.FromSeconds(5);

    /// <summary>A signal that comes again so soon is the same one.</summary>
    public static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(300);

    /// <summary>The delivery under way gets its answer, counted from the signal.</summary>
    public static readonly TimeSpan ForDelivery = TimeSpan.FromSeconds(8);
}
