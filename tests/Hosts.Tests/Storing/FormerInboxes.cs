using AlertHub;
using AlertHub.Local.Storage;
using AlertHub.Sources;
using AlertHub.Tests.Storing;
using Hosts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Storing;

/// <summary>A file of edition 1: an inbox of messages as they came.</summary>
public sealed class FormerInboxes : IDisposable
{
    private const string Edition1 = """
        CREATE TABLE inbox (
            id        INTEGER PRIMARY KEY AUTOINCREMENT,
            sender_id TEXT,
            topic     TEXT,
            subject   TEXT,
            body      BLOB NOT NULL,
            received  INTEGER NOT NULL,
            state     TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
            attempts  INTEGER NOT NULL DEFAULT 0,
            due       INTEGER NOT NULL,
            reason    TEXT
        );
        CREATE UNIQUE INDEX inbox_sender ON inbox (sender_id) WHERE sender_id IS NOT NULL;
        CREATE TABLE probe (at INTEGER NOT NULL);
        INSERT INTO probe VALUES (0);
        INSERT INTO inbox (sender_id, topic, subject, body, received, state, due) VALUES
            ('told', NULL, NULL, x'', 1773457200123, 'delivered', 0),
            (NULL, NULL, NULL, x'', 1773457200000, 'delivered', 0),
            ('waits', 'arn', 'sub''ject', x'00ff7b', 1773457201000, 'pending', 0),
            (NULL, NULL, NULL, x'61', 1773457202000, 'dead', 0);
        PRAGMA user_version = 1;
        PRAGMA journal_mode = WAL;
        """;

    private readonly TemporaryFolder folder = new();

    public FormerInboxes() => Storage.Change(folder.File("alerthub.db"), Edition1);

    public void Dispose() => folder.Dispose();

    private Task<SqliteStore> OpenAsync() =>
        SqliteStore.OpenAsync(
            folder.Path,
            HubRules.Compile(RandomChanges.Config(sendsAll: false)),
            new ManualClock(),
            NullLogger<SqliteStore>.Instance,
            default
        );

    [Fact]
    public async Task What_was_not_delivered_is_handed_over_once_and_in_order()
    {
        var messages = new List<Inbound>();
        await using (var store = await OpenAsync())
        {
            Assert.Equal(2, await store.HandOverAsync(Take, default));
        }

        await using var again = await OpenAsync();
        Assert.Equal(0, await again.HandOverAsync(Take, default));

        Assert.Equal(["waits", null], messages.Select(message => message.Id));
        Assert.Equal(("arn", "sub'ject"), (messages[0].Topic, messages[0].Subject));
        Assert.Equal([0x00, 0xFF, 0x7B], messages[0].Body.ToArray());
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1773457201000), messages[0].ReceivedAt);

        Task Take(Inbound message, CancellationToken cancellationToken)
        {
            messages.Add(message);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_could_not_be_taken_is_handed_over_again()
    {
        await using var store = await OpenAsync();
        await Assert.ThrowsAsync<FormatException>(() =>
            store.HandOverAsync(static (_, _) => throw new FormatException(), default)
        );

        Assert.Equal(2, await store.HandOverAsync(static (_, _) => Task.CompletedTask, default));
    }

    [Fact]
    public async Task A_message_that_was_delivered_is_known()
    {
        await using var store = await OpenAsync();

        Assert.Null(await store.IngestAsync([], "told", DateTimeOffset.UnixEpoch, default));
        Assert.NotNull(await store.IngestAsync([], "waits", DateTimeOffset.UnixEpoch, default));
        Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(1773457200123),
            (await store.ReadAsync(default)).Messages["told"]
        );
    }
}
