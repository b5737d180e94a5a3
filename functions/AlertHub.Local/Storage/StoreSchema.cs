using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>The file's layout. <c>user_version</c> counts its editions; an older program refuses a newer file.</summary>
internal static class StoreSchema
{
    private const long Edition = 2;

    /// <summary>
    /// What is stored is the rows of <c>snapshot</c> from <c>first</c> to <c>last</c>, followed by those of <c>journal</c>
    /// after <c>position</c>: all are differences, as RowWriter makes them. <c>at</c> is the time in milliseconds at which
    /// a row was written, which is also a sign of life.
    /// </summary>
    private const string Tables = """
        CREATE TABLE journal (
            position   INTEGER PRIMARY KEY,
            at         INTEGER NOT NULL,
            body       TEXT,
            heartbeats BLOB
        );
        CREATE TABLE snapshot (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
        CREATE TABLE mark (position INTEGER NOT NULL, at INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
        INSERT INTO mark VALUES (0, 0, 1, 0);
        PRAGMA user_version = 2;
        """;

    /// <summary>
    /// Edition 1 held messages as they came. Ids of those that were delivered are kept, for their senders may send again;
    /// the others stay where they are until they are handed over: <see cref="FormerInbox"/>.
    /// </summary>
    private const string FromEdition1 = """
        INSERT INTO journal (position, at, body)
        SELECT 1, 0, json_object('v', 1, 'messages', json_group_array(
            json_array(sender_id, strftime('%Y-%m-%dT%H:%M:%fZ', received / 1000.0, 'unixepoch'))))
        FROM inbox WHERE state = 'delivered' AND sender_id IS NOT NULL;
        DELETE FROM inbox WHERE state = 'delivered';
        DROP TABLE probe;
        """;

    public static SqliteConnection Open(string path, StoreSettings settings)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = (int)settings.LockPatience.TotalSeconds,
            }.ToString()
        );
        try
        {
            connection.Open();
            var statements = new Statements(connection);
            // FULL: a commit is on the disk when it returns (https://www.sqlite.org/pragma.html#pragma_synchronous);
            // fullfsync asks the same of macOS, where fsync alone does not.
            statements.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;");
            statements.Transact(() => Lay(statements, path));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Lay(Statements statements, string path)
    {
        var found = statements.Scalar("PRAGMA user_version");
        if (found > Edition)
        {
            throw new StorageUnavailableException(
                $"\"{path}\" was written by a newer AlertHub (edition {found}, this one knows {Edition}); run that one"
            );
        }

        if (found < Edition)
        {
            statements.Run(Tables);
        }

        if (found == 1)
        {
            statements.Run(FromEdition1);
        }
    }
}
