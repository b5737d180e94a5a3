namespace Hosts.Tests.Support;

/// <summary>Where ours does not answer as Alertmanager does; a test fails with all of it at its end.</summary>
internal sealed class Differences
{
    private readonly List<string> found = [];

    /// <param name="asked">What was asked.</param>
    /// <param name="theirs">What Alertmanager answered.</param>
    /// <param name="ours">What ours did.</param>
    /// <param name="expected">What ours is to answer where it differs on purpose, and it must; null where it must not.</param>
    public void Compare(string asked, string theirs, string ours, string? expected = null)
    {
        if (ours != (expected ?? theirs) || expected == theirs)
        {
            found.Add(
                $"{asked}\n  Alertmanager {theirs}\n  ours         {ours}{(expected is null ? "" : $"\n  expected     {expected}, and not as Alertmanager")}"
            );
        }
    }

    /// <summary>Only what differs is shown; the order counts, too.</summary>
    public void Compare(IReadOnlyList<string> theirs, IReadOnlyList<string> ours)
    {
        string[] apart =
        [
            .. theirs.Except(ours).Select(static line => $"theirs {line}"),
            .. ours.Except(theirs).Select(static line => $"ours   {line}"),
        ];
        found.AddRange(apart);
        if (apart.Length == 0 && !theirs.SequenceEqual(ours))
        {
            found.Add($"another order\n  theirs {string.Join(", ", theirs)}\n  ours   {string.Join(", ", ours)}");
        }
    }

    public void None() => Assert.True(found.Count == 0, string.Join('\n', found));
}
