using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>Statements on the one connection.</summary>
internal sealed class Statements(SqliteConnection connection)
{
    /// <summary>
    /// All that <paramref name="work"/> runs is committed, or nothing of it. By hand, because SQLite itself rolls back
    /// on a full or failing disk (https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction),
    /// and SqliteTransaction then fails over its own rollback and hides the reason.
    /// </summary>
    public void Transact(Action work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            work();
            Run("COMMIT");
        }
        finally
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                Run("ROLLBACK");
            }
        }
    }

    public void Run(string text, params (string Name, object? Value)[] values) => Change(text, values);

    /// <summary>How many rows it changed.</summary>
    public int Change(string text, params (string Name, object? Value)[] values)
    {
        using var command = Command(text, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The number it returns; null for no row and for NULL.</summary>
    public long? Scalar(string text, params (string Name, object? Value)[] values)
    {
        using var command = Command(text, values);
        return command.ExecuteScalar() as long?;
    }

    /// <summary>Its first row, or null.</summary>
    public T? Row<T>(string text, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values)
        where T : class
    {
        using var command = Command(text, values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public IEnumerable<T> Rows<T>(
        string text,
        Func<SqliteDataReader, T> read,
        params (string Name, object? Value)[] values
    )
    {
        using var command = Command(text, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    /// <summary>For what is run often; it is given values by its parameters' positions.</summary>
    public SqliteCommand Prepare(string text, params string[] names)
    {
        var command = Command(text, [.. names.Select(static name => (name, (object?)null))]);
        command.Prepare();
        return command;
    }

    private SqliteCommand Command(string text, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
