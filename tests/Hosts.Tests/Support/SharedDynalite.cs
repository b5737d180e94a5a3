namespace Hosts.Tests.Support;

/// <summary>One DynamoDB for all the tests of this name, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedDynalite : ICollectionFixture<Dynalite>
{
    public const string Name = "DynamoDB";
}
