using System.Text;
using AlertHub;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Local.Storage;
using AlertHub.Notifying;
using AlertHub.Storing;
using AlertHub.Tests.Storing;
using Hosts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Storing;

/// <summary>What the store does to its file, and what the file may do to the store.</summary>
public sealed class StoreFiles : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly HubRules rules = HubRules.Compile(RandomChanges.Config(sendsAll: false));

    private string File => folder.File("alerthub.db");

    public void Dispose() => folder.Dispose();

    private Task<SqliteStore> OpenAsync(StoreSettings? settings = null) =>
        SqliteStore.OpenAsync(folder.Path, rules, clock, NullLogger<SqliteStore>.Instance, default, settings);

    private TrackedAlert Alert(int n, string annotation = "") =>
        new()
        {
            Alert = new()
            {
                Labels = Labels.Of(new Label("alertname", "A"), new Label("n", $"{n}")),
                Annotations = Labels.Of(new Label("summary", annotation)),
                StartsAt = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero),
                EndsAt = clock.GetUtcNow() + TimeSpan.FromMinutes(4),
            },
            UpdatedAt = clock.GetUtcNow(),
        };

    private async Task<IReadOnlyList<Group>> IngestAsync(SqliteStore store, params TrackedAlert[] alerts) =>
        (await store.IngestAsync(alerts, null, clock.GetUtcNow(), default))!.Groups;

    private static long Scalar(SqliteStore store, string text) => new Statements(store.Connection).Scalar(text) ?? 0;

    [Fact]
    public async Task A_commit_is_on_the_disk_when_it_returns()
    {
        await using var store = await OpenAsync();
        var statements = new Statements(store.Connection);

        // 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous).
        Assert.Equal(2, statements.Scalar("PRAGMA synchronous"));
        Assert.Equal(1, statements.Scalar("PRAGMA fullfsync"));
        Assert.Equal(2, statements.Scalar("PRAGMA user_version"));
        Assert.Equal("wal", statements.Row("PRAGMA journal_mode", static row => row.GetString(0)));
    }

    [Fact]
    public async Task Alerts_that_are_sent_again_cost_no_write_of_their_own()
    {
        await using var store = await OpenAsync();
        await IngestAsync(store, [.. Enumerable.Range(0, 100).Select(n => Alert(n))]);
        var rows = Scalar(store, "SELECT count(*) FROM journal");

        clock.Advance(TimeSpan.FromSeconds(5));
        await IngestAsync(store, [.. Enumerable.Range(0, 100).Select(n => Alert(n))]);
        Assert.Equal(rows, Scalar(store, "SELECT count(*) FROM journal"));
        Assert.Equal(
            clock.GetUtcNow() + TimeSpan.FromMinutes(4),
            (await store.ReadAsync(default)).Alerts.Values.First().Alert.EndsAt
        );

        await IngestAsync(store, Alert(0, "something else"));
        Assert.Equal(rows + 2, Scalar(store, "SELECT count(*) FROM journal"));
        Assert.Equal(100 * Heartbeat.Size, Scalar(store, "SELECT sum(length(heartbeats)) FROM journal"));
    }

    [Fact]
    public async Task While_anything_fires_there_is_a_sign_of_life_every_fifteen_seconds()
    {
        await using var store = await OpenAsync();
        await clock.WaitedForAsync(static _ => true);
        clock.Advance(TimeSpan.FromSeconds(15));
        await clock.WaitedForAsync(due => due == clock.GetUtcNow() + TimeSpan.FromSeconds(15));
        Assert.Equal(0, Scalar(store, "SELECT count(*) FROM journal"));

        await IngestAsync(store, Alert(1));
        clock.Advance(TimeSpan.FromSeconds(15));
        await clock.WaitedForAsync(due => due == clock.GetUtcNow() + TimeSpan.FromSeconds(15));
        Assert.Equal(2, Scalar(store, "SELECT count(*) FROM journal"));
        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), Scalar(store, "SELECT max(at) FROM journal"));
    }

    [Fact]
    public async Task The_time_in_which_nobody_could_be_heard_does_not_count()
    {
        var ended = Alert(2) with { Alert = Alert(2).Alert with { EndsAt = clock.GetUtcNow() } };
        await using (var store = await OpenAsync())
        {
            await IngestAsync(store, Alert(1), ended);
        }

        for (var restart = 1; restart <= 2; restart++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await using var store = await OpenAsync();
            var state = await store.ReadAsync(default);
            var fires = state.Alerts[Alert(1).Fingerprint];
            Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(4), fires.Alert.EndsAt);
            Assert.True(fires.IsTimeout);
            Assert.Equal(ended, state.Alerts[ended.Fingerprint]);
            Assert.Equal(fires, Assert.Single(state.Groups.Values).Alerts[fires.Fingerprint]);
        }
    }

    [Fact]
    public async Task A_large_group_costs_what_is_new_of_it()
    {
        await using var store = await OpenAsync();
        var group = (await IngestAsync(store, [.. Enumerable.Range(0, 10_000).Select(n => Alert(n))]))[0];
        var muters = (await store.ReadAsync(default)).Muters(rules.Intervals);
        var at = Scalar(store, "SELECT max(position) FROM journal");

        await IngestAsync(store, Alert(10_000));
        Assert.InRange(Scalar(store, $"SELECT sum(length(body)) FROM journal WHERE position > {at}"), 1, 1000);

        at++;
        await store.UpdateAsync(
            group.Id,
            stored => Flush.Decide(stored!, stored!.Due, stored!.Due, rules.Routing.RouteOf(group.Id)!, muters)!.Next
        );
        // Which alerts are told, in order.
        Assert.InRange(Scalar(store, $"SELECT sum(length(body)) FROM journal WHERE position > {at}"), 1, 200_000);

        at++;
        Group? leased = null;
        await store.UpdateAsync(
            group.Id,
            stored => leased = stored!.Leased(RandomChanges.Webhook, stored!.Due, TimeSpan.FromMinutes(1))
        );
        await store.UpdateAsync(
            group.Id,
            stored =>
                stored!.Settled(
                    leased!.Delivery(RandomChanges.Webhook)!,
                    new NextStep.Done(),
                    mayHaveArrived: false,
                    stored!.Due
                )
        );
        Assert.InRange(Scalar(store, $"SELECT sum(length(body)) FROM journal WHERE position > {at}"), 1, 1000);
    }

    [Fact]
    public async Task To_lease_a_delivery_costs_no_write_and_a_lease_ends_with_the_process()
    {
        GroupId id;
        await using (var store = await OpenAsync())
        {
            var group = (await IngestAsync(store, Alert(1)))[0];
            id = group.Id;
            var muters = (await store.ReadAsync(default)).Muters(rules.Intervals);
            await store.UpdateAsync(
                id,
                stored => Flush.Decide(stored!, stored!.Due, stored!.Due, rules.Routing.RouteOf(id)!, muters)!.Next
            );
            var rows = Scalar(store, "SELECT count(*) FROM journal");
            await store.UpdateAsync(
                id,
                stored => stored!.Leased(RandomChanges.Webhook, stored!.Due, TimeSpan.FromMinutes(1))
            );
            Assert.NotNull((await store.ReadAsync(default)).Find(id)!.Delivery(RandomChanges.Webhook)!.Lease);
            Assert.Equal(rows, Scalar(store, "SELECT count(*) FROM journal"));
        }

        await using var again = await OpenAsync();
        var delivery = (await again.ReadAsync(default)).Find(id)!.Delivery(RandomChanges.Webhook)!;
        Assert.Null(delivery.Lease);
        Assert.Equal(1, delivery.Attempts);
    }

    [Fact]
    public async Task The_journal_stays_short_and_a_snapshot_has_the_rest()
    {
        HubState last;
        await using (var store = await OpenAsync(new() { ShortJournalBytes = 50_000, StepBytes = 5_000 }))
        {
            for (var n = 0; n < 3000; n += 10)
            {
                await IngestAsync(store, [.. Enumerable.Range(n, 10).Select(i => Alert(i, new string('x', 100)))]);
            }

            // Those alerts alone are longer than that.
            await IngestAsync(store, Alert(0, "last"));
            last = await store.ReadAsync(default);
        }

        Assert.InRange(new FileInfo(File).Length, 500_000, 8_000_000);
        await using var again = await OpenAsync();
        Assert.Equal(StateText.Of(last), StateText.Of(await again.ReadAsync(default)));
        Assert.InRange(Scalar(again, "SELECT sum(length(body)) FROM journal"), 0, 3_000_000);
        Assert.NotEqual(0, Scalar(again, "SELECT count(*) FROM snapshot"));
    }

    [Fact]
    public async Task While_another_program_locks_the_file_nothing_is_accepted_but_what_needs_no_disk_and_afterwards_everything()
    {
        await using var store = await OpenAsync(new() { LockPatience = TimeSpan.FromSeconds(1) });
        await IngestAsync(store, Alert(1));
        await using (var other = Storage.Open(File))
        {
            await using var transaction = other.BeginTransaction(deferred: false);
            var before = await store.ReadAsync(default);

            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => IngestAsync(store, Alert(2)));
            Assert.Equal($"\"{File}\" is locked by another program; close that", refused.Message);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CheckAsync(default));
            Assert.Same(before, await store.ReadAsync(default));

            // A false end would be told, were it refused.
            clock.Advance(TimeSpan.FromSeconds(1));
            var (refusedToo, taken) = (IngestAsync(store, Alert(3)), IngestAsync(store, Alert(1)));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => refusedToo);
            await taken;
        }

        await store.CheckAsync(default);
        await IngestAsync(store, Alert(2));
        Assert.Equal(2, (await store.ReadAsync(default)).Alerts.Count);
    }

    [Fact]
    public async Task A_disk_that_does_not_answer_holds_up_no_reader_and_nobody_for_ever()
    {
        await using var store = await OpenAsync(
            new() { Patience = TimeSpan.FromSeconds(1), LockPatience = TimeSpan.FromSeconds(4) }
        );
        await IngestAsync(store, Alert(1));
        await using (var other = Storage.Open(File))
        {
            await using var transaction = other.BeginTransaction(deferred: false);
            var (first, second) = (IngestAsync(store, Alert(2)), (Task?)null);
            second = IngestAsync(store, Alert(3));
            Assert.Single((await store.ReadAsync(default)).Alerts);

            var reasons = new[]
            {
                (await Assert.ThrowsAsync<StorageUnavailableException>(() => first)).Message,
                (await Assert.ThrowsAsync<StorageUnavailableException>(() => second)).Message,
            };
            Assert.Contains($"the disk of \"{File}\" does not answer; check it", reasons);
        }

        await IngestAsync(store, Alert(4));
    }

    [Fact]
    public async Task A_full_disk_refuses_and_leaves_nothing_half_done()
    {
        HubState before;
        await using (var store = await OpenAsync())
        {
            await IngestAsync(store, Alert(1));
            new Statements(store.Connection).Run("PRAGMA max_page_count = 20");
            before = await store.ReadAsync(default);

            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                IngestAsync(store, [.. Enumerable.Range(2, 1000).Select(n => Alert(n))])
            );
            Assert.Equal($"the disk of \"{File}\" is full; make room", refused.Message);
            Assert.Same(before, await store.ReadAsync(default));
            await IngestAsync(store, Alert(1));

            new Statements(store.Connection).Run("PRAGMA max_page_count = 100000");
            await IngestAsync(store, [.. Enumerable.Range(2, 1000).Select(n => Alert(n))]);
        }

        await using var again = await OpenAsync();
        Assert.Equal(1001, (await again.ReadAsync(default)).Alerts.Count);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_any_more_refuses_with_what_to_do()
    {
        await using var store = await OpenAsync();
        new Statements(store.Connection).Run("PRAGMA query_only = ON");

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => IngestAsync(store, Alert(1)));
        Assert.Equal($"\"{File}\" cannot be written; check its owner and permissions", refused.Message);
        Assert.Empty((await store.ReadAsync(default)).Alerts);
    }

    [Fact]
    public async Task A_file_of_a_newer_edition_is_left_alone()
    {
        await using (await OpenAsync())
        {
            // Only to make it.
        }

        Storage.Change(File, "PRAGMA user_version = 7");

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => OpenAsync());
        Assert.Equal(
            $"\"{File}\" was written by a newer AlertHub (edition 7, this one knows 2); run that one",
            refused.Message
        );
    }

    [Theory]
    [InlineData("UPDATE journal SET body = '{\"v\":99}' WHERE position = 1", "a row is of edition 99")]
    [InlineData("UPDATE journal SET body = '{\"v\":' WHERE position = 1", "a row cannot be read")]
    [InlineData("UPDATE journal SET body = '{}' WHERE position = 1", "a row cannot be read")]
    [InlineData("UPDATE journal SET heartbeats = x'00' WHERE position = 1", "no whole number")]
    [InlineData("DELETE FROM journal WHERE position = 1", "row 1 of the journal is missing")]
    [InlineData("DELETE FROM mark", "the mark is missing")]
    public async Task A_damaged_file_is_refused_with_what_is_wrong_and_left_alone(string damage, string reason)
    {
        await using (var store = await OpenAsync())
        {
            await IngestAsync(store, Alert(1));
            await IngestAsync(store, Alert(2));
        }

        Storage.Change(File, damage);
        Storage.Change(File, "PRAGMA wal_checkpoint(TRUNCATE)");
        var bytes = await System.IO.File.ReadAllBytesAsync(File);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => OpenAsync());
        Assert.StartsWith(
            $"\"{File}\" is damaged or was written by a newer AlertHub",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task A_file_that_is_no_storage_is_left_alone()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 4096), Encoding.ASCII);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => OpenAsync());
        Assert.Contains("damaged or no AlertHub storage", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 4096), await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public void A_folder_that_it_makes_is_its_owners_alone()
    {
        using var held = FolderLock.Take(folder.File("new/data"));

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new DirectoryInfo(folder.File("new/data")).UnixFileMode
        );
    }

    [Fact]
    public async Task A_folder_serves_one_process()
    {
        using var held = FolderLock.Take(folder.Path);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => OpenAsync());
        Assert.Contains("is in use by another AlertHub", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>As where something was cut in the middle of a surrogate pair.</summary>
    [Fact]
    public async Task What_is_no_text_ends_nothing()
    {
        const string half = "half \ud83d";
        await using (var store = await OpenAsync())
        {
            await IngestAsync(store, Alert(1, half));
            await IngestAsync(store, Alert(2));
        }

        await using var again = await OpenAsync();
        Assert.Equal(
            ["half \ufffd", ""],
            (await again.ReadAsync(default))
                .Alerts.Values.OrderByDescending(alert => alert.Alert.Annotations["summary"])
                .Select(alert => alert.Alert.Annotations["summary"])
        );
    }

    [Fact]
    public async Task After_the_end_a_change_is_refused()
    {
        var store = await OpenAsync();
        await store.DisposeAsync();

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => IngestAsync(store, Alert(1)));
        Assert.Equal("AlertHub is stopping", refused.Message);
    }
}
