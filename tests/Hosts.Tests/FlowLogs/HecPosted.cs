namespace Hosts.Tests.FlowLogs;

/// <summary>A post of events as a <see cref="HecServer"/> saw it.</summary>
/// <param name="Ids">Of all events in it.</param>
/// <param name="Taken">How many of them HEC took.</param>
/// <param name="Bytes">Once they were inflated.</param>
internal sealed record HecPosted(IReadOnlyList<string> Ids, int Taken, int Bytes);
