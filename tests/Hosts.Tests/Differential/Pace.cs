namespace Hosts.Tests.Differential;

/// <summary>The real time of a scenario's times: where it starts, and how much slower than written it runs.</summary>
internal sealed record Pace(DateTimeOffset Start, int Factor)
{
    public DateTimeOffset At(int ms) => Start.AddMilliseconds((double)ms * Factor);

    /// <summary>Where a real time lies in the scenario's.</summary>
    public double Ms(DateTimeOffset at) => (at - Start).TotalMilliseconds / Factor;

    public async Task UntilAsync(int ms)
    {
        while (At(ms) - DateTimeOffset.UtcNow is { Ticks: > 0 } left)
        {
            await Task.Delay(left + TimeSpan.FromMilliseconds(1));
        }
    }
}
