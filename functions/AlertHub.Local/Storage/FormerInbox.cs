using AlertHub.Sources;

namespace AlertHub.Local.Storage;

/// <summary>What a file of edition 1 held: messages that were accepted and not delivered, or refused by their destination.</summary>
internal static class FormerInbox
{
    /// <summary>Gives each message to <paramref name="take"/>, in the order they came, and forgets it after that.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> HandOverAsync(
        string path,
        Func<Inbound, CancellationToken, Task> take,
        CancellationToken cancellationToken
    )
    {
        await using var connection = StoreSchema.Open(path, new());
        var statements = new Statements(connection);
        if (statements.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'inbox'") == 0)
        {
            return 0;
        }

        var count = 0;
        while (Next(statements) is var (id, message))
        {
            await take(message, cancellationToken);
            statements.Run("DELETE FROM inbox WHERE id = $id", ("$id", id));
            count++;
        }

        statements.Run("DROP TABLE inbox");
        return count;
    }

    private static Tuple<long, Inbound>? Next(Statements statements) =>
        statements.Row(
            "SELECT id, sender_id, topic, subject, body, received FROM inbox ORDER BY id LIMIT 1",
            static row =>
                Tuple.Create(
                    row.GetInt64(0),
                    new Inbound
                    {
                        Id = row.IsDBNull(1) ? null : row.GetString(1),
                        Topic = row.IsDBNull(2) ? null : row.GetString(2),
                        Subject = row.IsDBNull(3) ? null : row.GetString(3),
                        Body = row.GetFieldValue<byte[]>(4),
                        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                    }
                )
        );
}
