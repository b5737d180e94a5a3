namespace Hosts.Tests.Support;

/// <summary>Of every delay that may be drawn, the longest.</summary>
internal sealed class LongestDelay : Random
{
    public override double NextDouble() => 1;
}
