using System.Text;
using AlertHub;
using AlertHub.Local.Storage;
using AlertHub.Sources;
using Hosts.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Hosts.Tests.Local;

public sealed class InboxContract : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();

    private string File => folder.File("alerthub.db");

    private Inbox Open() => Inbox.Open(folder.Path, clock);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_message_comes_back_as_it_came_after_the_storage_was_closed()
    {
        byte[] bytes = [0x00, 0xFF, (byte)'{', 0x0A];
        await using (var inbox = Open())
        {
            await inbox.KeepAsync(
                [
                    new()
                    {
                        Body = bytes,
                        ReceivedAt = Webhook.ReceivedAt.AddMinutes(-1),
                        Id = "id",
                        Subject = "sub'ject",
                        Topic = "arn",
                    },
                    new() { Body = Array.Empty<byte>(), ReceivedAt = Webhook.ReceivedAt },
                ],
                default
            );
        }

        await using var again = Open();
        var first = await ReadNextAsync();
        Assert.Equal(bytes, first.Message.Body.ToArray());
        Assert.Equal(("id", "sub'ject", "arn"), (first.Message.Id, first.Message.Subject, first.Message.Topic));
        Assert.Equal(Webhook.ReceivedAt.AddMinutes(-1), first.Message.ReceivedAt);
        await again.DeliveredAsync(first.Id, default);

        var second = await ReadNextAsync();
        Assert.Equal(0, second.Message.Body.Length);
        Assert.Null(second.Message.Id);
        await again.DeliveredAsync(second.Id, default);
        Assert.Null(await again.NextAsync(default));

        async Task<(long Id, Inbound Message)> ReadNextAsync()
        {
            var next = (await again.NextAsync(default))!;
            return (next.Id, await again.ReadAsync(next.Id, default));
        }
    }

    [Fact]
    public async Task Many_producers_at_once_are_all_stored_and_each_is_told_its_own()
    {
        await using var inbox = Open();

        var kept = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(i => Task.Run(() => inbox.KeepAsync([Webhook.Message($"a{i}")], default)))
        );

        Assert.Equal(500, kept.Select(k => Assert.Single(k.New)).Distinct().Count());
        Assert.Equal(500, await inbox.PendingAsync(default));
    }

    [Fact]
    public async Task Of_a_message_sent_many_times_at_once_one_is_stored()
    {
        await using var inbox = Open();

        var kept = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ => Task.Run(() => inbox.KeepAsync([Webhook.Message("a", "same")], default)))
        );

        Assert.Single(kept, k => k is { New.Count: 1, Known: 0 });
        Assert.Equal(49, kept.Count(k => k is { New.Count: 0, Known: 1 }));
    }

    [Fact]
    public async Task A_message_is_known_after_it_was_delivered_and_for_a_day()
    {
        await using (var inbox = Open())
        {
            await inbox.KeepAsync([Webhook.Message("a", "same")], default);
            await inbox.DeliveredAsync((await inbox.NextAsync(default))!.Id, default);
        }

        await using var again = Open();
        clock.Advance(TimeSpan.FromHours(23));
        await again.PruneAsync(default);
        Assert.Equal(1, (await again.KeepAsync([Webhook.Message("a", "same")], default)).Known);

        clock.Advance(TimeSpan.FromHours(2));
        await again.PruneAsync(default);
        Assert.Single((await again.KeepAsync([Webhook.Message("a", "same")], default)).New);
    }

    [Fact]
    public async Task What_is_not_delivered_is_never_forgotten()
    {
        await using var inbox = Open();
        await inbox.KeepAsync([Webhook.Message("a"), Webhook.Message("b")], default);
        await inbox.BuryAsync((await inbox.NextAsync(default))!.Id, "no_service", default);

        clock.Advance(TimeSpan.FromDays(400));
        await inbox.PruneAsync(default);

        Assert.Equal((1, 1), (await inbox.PendingAsync(default), await inbox.DeadAsync(default)));
        Assert.Equal(2, await inbox.ReviveAsync(default));
    }

    [Fact]
    public async Task A_change_that_fails_half_way_leaves_nothing()
    {
        await using var file = InboxFile.Open(File);

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            file.ChangeAsync(
                sql =>
                {
                    sql.Run("INSERT INTO inbox (body, received, due) VALUES (x'', 0, 0)");
                    sql.Run("INSERT INTO inbox (body, received, due) VALUES (NULL, 0, 0)");
                    return 0;
                },
                default
            )
        );

        Assert.Equal(0, await file.ChangeAsync(static sql => sql.Scalar("SELECT count(*) FROM inbox"), default));
    }

    [Fact]
    public async Task While_another_program_locks_the_file_nothing_is_accepted_and_afterwards_everything()
    {
        await using var inbox = Open();
        await using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);

            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                inbox.KeepAsync([Webhook.Message("a")], default)
            );
            Assert.Equal($"\"{File}\" is locked by another program; close that", refused.Message);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => inbox.CheckAsync(default));
        }

        await inbox.CheckAsync(default);
        Assert.Single((await inbox.KeepAsync([Webhook.Message("a")], default)).New);
        Assert.Equal(1, await inbox.PendingAsync(default));
    }

    [Fact]
    public void A_commit_is_on_the_disk_when_it_returns()
    {
        using var connection = InboxSchema.Open(File);

        Assert.Equal("wal", Pragma(connection, "journal_mode"));
        // 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous).
        Assert.Equal(2L, Pragma(connection, "synchronous"));
        Assert.Equal(1L, Pragma(connection, "fullfsync"));
        Assert.Equal(1L, Pragma(connection, "user_version"));
    }

    [Fact]
    public void A_folder_serves_one_process()
    {
        using var held = FolderLock.Take(folder.Path);

        var refused = Assert.Throws<StorageUnavailableException>(Open);

        Assert.Contains("is in use by another AlertHub", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_newer_edition_is_left_alone()
    {
        using (var connection = InboxSchema.Open(File))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 7";
            command.ExecuteNonQuery();
        }

        var refused = Assert.Throws<StorageUnavailableException>(Open);

        Assert.Contains("written by a newer AlertHub", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_storage_is_left_alone()
    {
        System.IO.File.WriteAllText(File, new string('x', 4096), Encoding.ASCII);

        var refused = Assert.Throws<StorageUnavailableException>(Open);

        Assert.Contains("damaged or no AlertHub storage", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 4096), System.IO.File.ReadAllText(File));
    }

    private static object? Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return command.ExecuteScalar();
    }
}
