using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>Statements within one transaction.</summary>
internal readonly struct InboxStatements(SqliteConnection connection, SqliteTransaction transaction)
{
    public void Run(string text, params (string Name, object? Value)[] values)
    {
        using var command = Command(text, values);
        command.ExecuteNonQuery();
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

    private SqliteCommand Command(string text, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
