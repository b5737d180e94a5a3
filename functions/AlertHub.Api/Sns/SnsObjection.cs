namespace AlertHub.Api.Sns;

/// <summary>Why a message is not taken, and with it what SNS is told: after a 403 it never tries again, after a 503 it does.</summary>
internal abstract record SnsObjection
{
    private SnsObjection() { }

    public abstract string Reason { get; init; }

    /// <summary>The sender is to blame; another try would end the same (403).</summary>
    public sealed record Refusal(string Reason) : SnsObjection;

    /// <summary>This machine or the network is, and the message may be good (503).</summary>
    public sealed record Trouble(string Reason) : SnsObjection;
}
