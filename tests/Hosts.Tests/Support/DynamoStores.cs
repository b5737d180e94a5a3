using AlertHub;
using AlertHub.Aws.Tables;
using AlertHub.Lambda.Storage;
using Amazon.DynamoDBv2;

namespace Hosts.Tests.Support;

/// <summary>Two tables of a test's own, and stores upon them: each is what a process of its own would have.</summary>
internal sealed class DynamoStores(IAmazonDynamoDB client, string state, string records)
{
    public string State => state;

    public string Records => records;

    public static async Task<DynamoStores> CreateAsync(IAmazonDynamoDB client)
    {
        var stores = new DynamoStores(client, $"state-{Guid.NewGuid():N}", $"records-{Guid.NewGuid():N}");
        await Dynalite.CreateTableAsync(client, stores.State);
        await Dynalite.CreateTableAsync(client, stores.Records);
        return stores;
    }

    /// <param name="rules">By which it works.</param>
    /// <param name="time">The system's where it is left out.</param>
    /// <param name="through">What its calls go through; the client itself where it is left out.</param>
    /// <param name="heartbeatShare">0 to have every heartbeat stored.</param>
    public DynamoAlertStore Open(
        HubRules rules,
        TimeProvider? time = null,
        IAmazonDynamoDB? through = null,
        double heartbeatShare = Arriving.UsualHeartbeatShare
    )
    {
        var clock = time ?? TimeProvider.System;
        return new(
            new(new(Items(state), clock), clock, static () => 0),
            new(Items(records)),
            rules,
            clock,
            heartbeatShare
        );

        TableItems Items(string table) => new(through ?? client, table, clock, static () => 0);
    }
}
