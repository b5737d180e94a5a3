namespace Hosts.Tests.Support;

/// <summary>One SQS and SNS for all the tests of this name, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedFauxqs : ICollectionFixture<Fauxqs>
{
    public const string Name = "SQS and SNS";
}
