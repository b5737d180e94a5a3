namespace AlertHub.Notifying;

/// <summary>
/// Of what kind a failure is, as Alertmanager counts it (Reason in its notify/util.go, looked at in 2026): whose matter it is
/// to mend it.
/// </summary>
public enum FailureReason
{
    /// <summary>None of the others, or there was no failure.</summary>
    Other,

    /// <summary>The destination did not like what it was sent.</summary>
    ClientError,

    ServerError,

    /// <summary>It did not like who sent it.</summary>
    AuthError,

    RateLimited,

    /// <summary>Never counted here: what a stop cuts short is sent by the next start.</summary>
    ContextCanceled,

    /// <summary>No answer in time.</summary>
    ContextDeadlineExceeded,
}

public static class FailureReasons
{
    /// <summary>In Alertmanager's words, as they stand in labels of metrics.</summary>
    public static string Text(this FailureReason reason) =>
        reason switch
        {
            FailureReason.ClientError => "clientError",
            FailureReason.ServerError => "serverError",
            FailureReason.AuthError => "authError",
            FailureReason.RateLimited => "rateLimited",
            FailureReason.ContextCanceled => "contextCanceled",
            FailureReason.ContextDeadlineExceeded => "contextDeadlineExceeded",
            _ => "other",
        };
}
