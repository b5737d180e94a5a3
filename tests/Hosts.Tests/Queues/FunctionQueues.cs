using Hosts.Tests.Support;

namespace Hosts.Tests.Queues;

/// <summary>One DynamoDB and one SQS for all the tests of this name, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class FunctionQueues : ICollectionFixture<Dynalite>, ICollectionFixture<Fauxqs>
{
    public const string Name = "DynamoDB and SQS";
}
