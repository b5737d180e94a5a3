using AlertHub.Storing.Rows;
using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>The SQLite file with its only connection: the rows of the journal and of the snapshot. For one thread.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand append;
    private readonly SqliteCommand keep;

    private StoreFile(string path, SqliteConnection connection)
    {
        (Path, this.connection) = (path, connection);
        Statements = new(connection);
        append = Statements.Prepare(
            "INSERT INTO journal VALUES ($position, $at, CAST($body AS TEXT), $heartbeats)",
            "$position",
            "$at",
            "$body",
            "$heartbeats"
        );
        keep = Statements.Prepare("INSERT INTO snapshot VALUES ($id, CAST($body AS TEXT))", "$id", "$body");
    }

    public string Path { get; }

    public SqliteConnection Connection => connection;

    public Statements Statements { get; }

    /// <summary>Of the last row of the journal.</summary>
    public long Position { get; private set; }

    /// <summary>When that was written: then somebody was here.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>How long the journal after the snapshot is.</summary>
    public long JournalBytes { get; set; }

    public static StoreFile Open(string path, StoreSettings settings)
    {
        var connection = StoreSchema.Open(path, settings);
        try
        {
            return new(path, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="FormatException">The file is damaged.</exception>
    public void Load(Replay replay)
    {
        var mark = ReadMark();
        foreach (
            var body in Statements.Rows(
                "SELECT body FROM snapshot WHERE id BETWEEN $first AND $last ORDER BY id",
                static row => row.GetFieldValue<byte[]>(0),
                ("$first", mark.First),
                ("$last", mark.Last)
            )
        )
        {
            replay.Apply(body, []);
        }

        (Position, At) = (mark.Position, mark.At);
        foreach (
            var (position, at, body, heartbeats) in Statements.Rows(
                "SELECT position, at, body, heartbeats FROM journal WHERE position > $position ORDER BY position",
                static row => (row.GetInt64(0), row.GetInt64(1), Bytes(row, 2), Bytes(row, 3)),
                ("$position", mark.Position)
            )
        )
        {
            if (position != Position + 1)
            {
                throw new FormatException($"row {Position + 1} of the journal is missing");
            }

            replay.Apply(body, heartbeats);
            (Position, At) = (position, DateTimeOffset.FromUnixTimeMilliseconds(at));
            JournalBytes += body.Length + heartbeats.Length;
        }
    }

    /// <summary>Puts rows at the end of the journal, all or none. When it returns they are on the disk.</summary>
    /// <exception cref="SqliteException">None is.</exception>
    public void Append(IReadOnlyList<(byte[] Body, byte[] Heartbeats)> rows, DateTimeOffset at)
    {
        Statements.Transact(() =>
        {
            for (var i = 0; i < rows.Count; i++)
            {
                append.Parameters[0].Value = Position + 1 + i;
                append.Parameters[1].Value = at.ToUnixTimeMilliseconds();
                append.Parameters[2].Value = OrNull(rows[i].Body);
                append.Parameters[3].Value = OrNull(rows[i].Heartbeats);
                append.ExecuteNonQuery();
            }
        });
        (Position, At) = (Position + rows.Count, at);
        JournalBytes += rows.Sum(static row => row.Body.Length + row.Heartbeats.Length);
    }

    public Mark ReadMark()
    {
        return Statements.Row(
                "SELECT position, at, first, last FROM mark",
                static row => new Mark
                {
                    Position = row.GetInt64(0),
                    At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                    First = row.GetInt64(2),
                    Last = row.GetInt64(3),
                }
            ) ?? throw new FormatException("the mark is missing");
    }

    /// <summary>A row of a snapshot that counts for nothing before <see cref="Set"/> says so.</summary>
    public void Keep(long id, byte[] body)
    {
        keep.Parameters[0].Value = id;
        keep.Parameters[1].Value = body;
        keep.ExecuteNonQuery();
    }

    /// <summary>From now on another snapshot counts.</summary>
    public void Set(Mark mark) =>
        Statements.Run(
            "UPDATE mark SET position = $position, at = $at, first = $first, last = $last",
            ("$position", mark.Position),
            ("$at", mark.At.ToUnixTimeMilliseconds()),
            ("$first", mark.First),
            ("$last", mark.Last)
        );

    public void Dispose()
    {
        append.Dispose();
        keep.Dispose();
        connection.Dispose();
    }

    private static object OrNull(byte[] bytes) => bytes.Length == 0 ? DBNull.Value : bytes;

    private static byte[] Bytes(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);
}

/// <summary>Which snapshot counts.</summary>
internal sealed record Mark
{
    /// <summary>The last row of the journal that it contains.</summary>
    public required long Position { get; init; }

    /// <summary>When that was written.</summary>
    public required DateTimeOffset At { get; init; }

    public required long First { get; init; }

    public required long Last { get; init; }
}
