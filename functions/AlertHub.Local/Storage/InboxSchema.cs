using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>The file's layout. <c>user_version</c> counts its editions; an older program refuses a newer file.</summary>
internal static class InboxSchema
{
    private const long Edition = 1;

    /// <summary>Another program that holds the file's lock is waited for this long.</summary>
    private const int PatienceSeconds = 2;

    private const string Tables = """
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
        CREATE INDEX inbox_pending ON inbox (id, attempts, due) WHERE state = 'pending';
        CREATE INDEX inbox_dead ON inbox (id) WHERE state = 'dead';
        CREATE INDEX inbox_delivered ON inbox (received) WHERE state = 'delivered';
        CREATE TABLE probe (at INTEGER NOT NULL);
        INSERT INTO probe VALUES (0);
        PRAGMA user_version = 1;
        """;

    public static SqliteConnection Open(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = PatienceSeconds,
            }.ToString()
        );
        try
        {
            connection.Open();
            var statements = new InboxStatements(connection);
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

    private static void Lay(InboxStatements statements, string path)
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
    }
}
