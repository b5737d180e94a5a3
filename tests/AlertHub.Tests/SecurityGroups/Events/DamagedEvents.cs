using System.Text;
using AlertHub.Tests.Support;
using FsCheck.Fluent;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups.Events;

/// <summary>No input can crash the guard's reading.</summary>
public sealed class DamagedEvents
{
    private static readonly string[] Names =
    [
        .. Samples.Names.Where(name =>
            name.StartsWith("cloudtrail/", StringComparison.Ordinal)
            || name.StartsWith("config/", StringComparison.Ordinal)
        ),
    ];

    [Fact]
    public void A_damaged_sample_event_is_read_as_something() =>
        Properties.ForAll(
            from sample in Gen.Elements(Names.AsEnumerable())
            from seed in Gen.Choose(0, int.MaxValue)
            select new Mutation(sample, seed),
            mutation => IsRead(mutation.Bytes()),
            tests: 4000
        );

    [Fact]
    public void Without_any_one_of_its_members_a_sample_event_is_read_as_something()
    {
        foreach (var damaged in Names.SelectMany(DamagedJson.WithoutOne))
        {
            IsRead(damaged);
        }
    }

    [Fact]
    public void With_any_one_of_its_values_of_another_kind_a_sample_event_is_read_as_something()
    {
        foreach (var damaged in Names.SelectMany(DamagedJson.WithAnotherKind))
        {
            IsRead(damaged);
        }
    }

    [Fact]
    public void Any_text_is_read_as_something() =>
        Properties.ForAll(
            ArbMap.Default.ArbFor<string>(),
            text => IsRead(Encoding.UTF8.GetBytes(text ?? "")),
            tests: 1000
        );

    /// <summary>What is missing in a rule must not be taken for all ports, all protocols or all addresses.</summary>
    [Fact]
    public void Without_any_one_of_its_values_a_call_opens_no_more_than_it_did()
    {
        foreach (var sample in Names.Where(static name => name.StartsWith("cloudtrail/", StringComparison.Ordinal)))
        {
            Traffic[] whole = [.. Opened(Samples.Bytes(sample))];
            foreach (var damaged in DamagedJson.WithoutOne(sample).Concat(DamagedJson.WithNothingInOne(sample)))
            {
                Assert.Empty(Opened(damaged).Except(whole));
            }
        }
    }

    private static IEnumerable<Traffic> Opened(byte[] bytes) =>
        GuardEvent.Read(bytes, Some.Now) is GuardEvent.Changes changes
            ? from change in changes.Events
            from traffic in change.Change switch
            {
                Change.Added added => added.Rules.Select(static rule => rule.Traffic),
                Change.Modified modified => modified.Rules.Select(static r => r.In(Direction.Ingress).Traffic),
                _ => [],
            }
            where traffic.Peer is Peer.Addresses
            select traffic
            : [];

    /// <summary>All of it is looked at, so that nothing is left to be thrown later.</summary>
    private static void IsRead(byte[] bytes)
    {
        var read = GuardEvent.Read(bytes, Some.Now);
        Assert.NotEmpty(GuardText.Of(read));
        if (read is GuardEvent.Changes changes)
        {
            Assert.NotEmpty(changes.Events);
            Assert.All(changes.Events, change => Assert.NotEmpty(change.Id));
        }
    }
}
