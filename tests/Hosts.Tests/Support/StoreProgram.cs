using System.Diagnostics;
using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Local.Storage;
using AlertHub.Tests.Storing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Support;

/// <summary>
/// A process that changes a store and writes a line for each change that it was told is stored, until it is killed: from
/// outside, or by itself at a named point. The points are SQLite's own, which it offers to whoever has a connection, so
/// that nothing in the store knows of them.
/// </summary>
internal static class StoreProgram
{
    /// <summary>Small enough that a snapshot is made every few changes, and in many steps.</summary>
    public static StoreSettings Settings { get; } = new() { ShortJournalBytes = 20_000, StepBytes = 2_000 };

    /// <param name="arguments">The folder, a seed, when it is; then where to die: <c>before</c>, <c>after</c> or <c>within</c>, the how manieth time, and the start of a statement.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var (folder, seed) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture));
        var changes = new RandomChanges(seed) { Now = Time(arguments[2]) };
        await using var store = await SqliteStore.OpenAsync(
            folder,
            changes.Rules,
            new Clock(() => changes.Now),
            NullLogger<SqliteStore>.Instance,
            default,
            Settings
        );
        if (arguments is [_, _, _, var when, var count, .. var statement])
        {
            DieAt(store, when, int.Parse(count, CultureInfo.InvariantCulture), string.Join(' ', statement));
        }

        for (var i = 1; i <= 600; i++)
        {
            await changes.ChangeAsync(store);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stored {i}"));
        }

        Die();
    }

    /// <summary>Four at once send alerts, each request of its own; a line says which were accepted.</summary>
    public static async Task LoadAsync(string[] arguments)
    {
        var changes = new RandomChanges(0) { Now = Time(arguments[1]) };
        await using var store = await SqliteStore.OpenAsync(
            arguments[0],
            changes.Rules,
            new Clock(() => changes.Now),
            NullLogger<SqliteStore>.Instance,
            default,
            Settings
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 5000; i++)
                        {
                            var request = $"{writer}-{i}";
                            await store.IngestAsync(Request(request, changes.Now), request, changes.Now, default);
                            Console.Out.WriteLine($"stored {request}");
                        }
                    })
                )
        );
    }

    /// <summary>Eight alerts that belong together.</summary>
    public static TrackedAlert[] Request(string request, DateTimeOffset now) =>
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i => new TrackedAlert
                {
                    Alert = new()
                    {
                        Labels = Labels.Of(
                            new Label("alertname", "A"),
                            new Label("request", request),
                            new Label("n", i.ToString(CultureInfo.InvariantCulture))
                        ),
                        StartsAt = now,
                    },
                    UpdatedAt = now,
                }),
        ];

    public static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static void DieAt(SqliteStore store, string when, int count, string statement)
    {
        var handle = store.Connection.Handle;
        switch (when)
        {
            case "before":
                SQLitePCL.raw.sqlite3_trace(handle, (_, text) => Count(text), null);
                break;
            case "after":
                SQLitePCL.raw.sqlite3_profile(handle, (_, text, _) => Count(text), null);
                break;
            default:
                SQLitePCL.raw.sqlite3_progress_handler(
                    handle,
                    7,
                    _ =>
                    {
                        Count(statement);
                        return 0;
                    },
                    null
                );
                break;
        }

        void Count(string text)
        {
            if (text.TrimStart().StartsWith(statement, StringComparison.Ordinal) && --count == 0)
            {
                Die();
            }
        }
    }

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private sealed class Clock(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}
