using System.Globalization;
using System.Runtime.InteropServices;
using AlertHub.Sources;

namespace AlertHub.Local.Storage;

/// <summary>
/// The messages that came and what became of them: pending, then delivered or dead. A message is committed with all
/// bytes on the disk before its producer is answered, so it outlives a crash of the process and of the machine.
/// </summary>
internal sealed class Inbox : IAsyncDisposable
{
    /// <summary>
    /// How long a delivered message's id is remembered. SNS may send a message again for an hour, and /sns takes none
    /// older than that (SnsPolicy); a day leaves room.
    /// </summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    /// <summary>
    /// A message keeps its place in the line for so many attempts; after that it waits beside the line for its own
    /// time, so that one which always fails does not hold up the others.
    /// </summary>
    public const int AttemptsInLine = 5;

    private readonly FolderLock folder;
    private readonly InboxFile file;
    private readonly TimeProvider time;

    private Inbox(FolderLock folder, InboxFile file, TimeProvider time) =>
        (this.folder, this.file, this.time) = (folder, file, time);

    /// <summary>Where it is kept.</summary>
    public string Folder => folder.Path;

    /// <summary>Raised after new messages were committed.</summary>
    public event Action? Arrived;

    /// <exception cref="StorageUnavailableException">The folder or the file in it cannot be used.</exception>
    public static Inbox Open(string path, TimeProvider time)
    {
        var folder = FolderLock.Take(path);
        try
        {
            return new(folder, InboxFile.Open(Path.Combine(folder.Path, "alerthub.db")), time);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The <see cref="Keep"/> of this host.</summary>
    public async Task<Kept> KeepAsync(IReadOnlyList<Inbound> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = await file.ChangeAsync(
            sql => messages.Select(message => Insert(sql, message, now)).OfType<long>().ToArray(),
            cancellationToken
        );
        if (ids.Length > 0)
        {
            Arrived?.Invoke();
        }

        return new([.. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))], messages.Count - ids.Length);
    }

    private static long? Insert(InboxStatements sql, Inbound message, DateTimeOffset now) =>
        sql.Scalar(
            """
            INSERT INTO inbox (sender_id, topic, subject, body, received, due)
            VALUES ($sender, $topic, $subject, $body, $received, $now)
            ON CONFLICT DO NOTHING
            RETURNING id
            """,
            ("$sender", message.Id),
            ("$topic", message.Topic),
            ("$subject", message.Subject),
            ("$body", Bytes(message.Body)),
            ("$received", message.ReceivedAt.ToUnixTimeMilliseconds()),
            ("$now", now.ToUnixTimeMilliseconds())
        );

    /// <summary>Without a copy where the memory is a whole array, as what was received is.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var part) && part.Array is { } array && array.Length == part.Count
            ? array
            : body.ToArray();

    /// <summary>Completes where something could be stored now: it writes, since a full disk lets everything else pass.</summary>
    /// <exception cref="StorageUnavailableException">It could not.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        SettleAsync(
            "UPDATE probe SET at = $now",
            cancellationToken,
            ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())
        );

    /// <summary>
    /// The message whose turn it is, in the order they came, but for those beside the line
    /// (<see cref="AttemptsInLine"/>). It may be due later: then the line waits for it, so its body is not read here.
    /// Null where none is in the line.
    /// </summary>
    public Task<Pending?> NextAsync(CancellationToken cancellationToken) =>
        file.ChangeAsync(
            sql =>
                sql.Row(
                    """
                    SELECT id, attempts, due FROM inbox
                    WHERE state = 'pending' AND (attempts < $line OR due <= $now) ORDER BY id LIMIT 1
                    """,
                    static row => new Pending
                    {
                        Id = row.GetInt64(0),
                        Attempts = row.GetInt32(1),
                        Due = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
                    },
                    ("$line", AttemptsInLine),
                    ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())
                ),
            cancellationToken
        );

    /// <summary>What a pending message says.</summary>
    public Task<Inbound> ReadAsync(long id, CancellationToken cancellationToken) =>
        file.ChangeAsync(
            sql =>
                sql.Row(
                    "SELECT sender_id, topic, subject, body, received FROM inbox WHERE id = $id",
                    static row => new Inbound
                    {
                        Id = row.IsDBNull(0) ? null : row.GetString(0),
                        Topic = row.IsDBNull(1) ? null : row.GetString(1),
                        Subject = row.IsDBNull(2) ? null : row.GetString(2),
                        Body = row.GetFieldValue<byte[]>(3),
                        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
                    },
                    ("$id", id)
                ) ?? throw new InvalidOperationException($"message {id} is not in the inbox"),
            cancellationToken
        );

    /// <summary>When the first of the messages beside the line is due; null where there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        await file.ChangeAsync(
            static sql => sql.Scalar("SELECT min(due) FROM inbox WHERE state = 'pending'"),
            cancellationToken
        )
            is { } due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : null;

    /// <summary>Its bytes are let go; its id stays for <see cref="Retention"/>.</summary>
    public Task DeliveredAsync(long id, CancellationToken cancellationToken) =>
        SettleAsync(
            "UPDATE inbox SET state = 'delivered', attempts = attempts + 1, reason = NULL, body = x'' WHERE id = $id",
            cancellationToken,
            ("$id", id)
        );

    public Task PostponeAsync(long id, DateTimeOffset due, string reason, CancellationToken cancellationToken) =>
        SettleAsync(
            "UPDATE inbox SET attempts = attempts + 1, due = $due, reason = $reason WHERE id = $id",
            cancellationToken,
            ("$id", id),
            ("$due", due.ToUnixTimeMilliseconds()),
            ("$reason", reason)
        );

    /// <summary>Kept as it came, with the reason, until <see cref="ReviveAsync"/>.</summary>
    public Task BuryAsync(long id, string reason, CancellationToken cancellationToken) =>
        SettleAsync(
            "UPDATE inbox SET state = 'dead', attempts = attempts + 1, reason = $reason WHERE id = $id",
            cancellationToken,
            ("$id", id),
            ("$reason", reason)
        );

    /// <summary>The destination answers again: what waits for a later time is due now.</summary>
    public Task HurryAsync(CancellationToken cancellationToken) =>
        SettleAsync(
            "UPDATE inbox SET due = $now WHERE state = 'pending' AND due > $now",
            cancellationToken,
            ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())
        );

    /// <summary>
    /// What was refused is pending again, as is what waits for a later time: somebody may have changed what was wrong.
    /// Returns how many messages are pending then.
    /// </summary>
    public async Task<long> ReviveAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(
            "UPDATE inbox SET state = 'pending', attempts = 0, due = received WHERE state <> 'delivered'",
            cancellationToken
        );
        return await PendingAsync(cancellationToken);
    }

    /// <summary>Forgets what was delivered longer ago than <see cref="Retention"/>.</summary>
    public Task PruneAsync(CancellationToken cancellationToken) =>
        SettleAsync(
            "DELETE FROM inbox WHERE state = 'delivered' AND received < $before",
            cancellationToken,
            ("$before", (time.GetUtcNow() - Retention).ToUnixTimeMilliseconds())
        );

    public Task<long> PendingAsync(CancellationToken cancellationToken) => CountAsync("pending", cancellationToken);

    public Task<long> DeadAsync(CancellationToken cancellationToken) => CountAsync("dead", cancellationToken);

    private Task<long> CountAsync(string state, CancellationToken cancellationToken) =>
        file.ChangeAsync(
            sql => sql.Scalar("SELECT count(*) FROM inbox WHERE state = $state", ("$state", state)) ?? 0,
            cancellationToken
        );

    private async Task SettleAsync(
        string text,
        CancellationToken cancellationToken,
        params (string, object?)[] values
    ) =>
        await file.ChangeAsync(
            sql =>
            {
                sql.Run(text, values);
                return 0;
            },
            cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        folder.Dispose();
    }
}
