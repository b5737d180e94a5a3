using Hosts.Tests.Box.Hub;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Hosts.Tests.Support.LongestFirst", "Hosts.Tests")]

namespace Hosts.Tests.Support;

/// <summary>Begins with what waits for minutes, so that all the others run beside it; those come as they would.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections
            .OrderBy(static tests =>
                !tests.DisplayName.EndsWith($".{nameof(SlackDownForMinutes)}", StringComparison.Ordinal)
            )
            .ThenBy(static tests => tests.UniqueID);
}
