namespace AlertHub.Api.AlertmanagerV2;

/// <summary>Sees to it that work is done when it is due. What is stored does not depend on it: a sweep finds what gets lost.</summary>
public delegate ValueTask Schedule(IReadOnlyList<DueWork> work, CancellationToken cancellationToken);
