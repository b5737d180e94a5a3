using Microsoft.Data.Sqlite;

namespace Hosts.Tests.Support;

/// <summary>The inbox's file in the hands of another program.</summary>
internal static class Storage
{
    public static void Change(string file, string statements)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    public static SqliteConnection Open(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
