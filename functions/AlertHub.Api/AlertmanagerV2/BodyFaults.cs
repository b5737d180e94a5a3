namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// What is wrong with a body. Alertmanager reads it as a whole before it looks for what is missing, so a member of the
/// wrong kind anywhere counts before a missing one, and of each the first.
/// </summary>
internal sealed class BodyFaults
{
    private Refusal? unreadable;
    private Refusal? incomplete;

    public Refusal? Refusal => unreadable ?? incomplete;

    public void Unreadable(string message) => unreadable ??= AlertmanagerV2.Refusal.Unreadable(message);

    public void Incomplete(Refusal refusal) => incomplete ??= refusal;
}
