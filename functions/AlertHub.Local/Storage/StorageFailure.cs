using Microsoft.Data.Sqlite;

namespace AlertHub.Local.Storage;

/// <summary>What is wrong with the file, told to whoever has to mend it.</summary>
internal static class StorageFailure
{
    public static StorageUnavailableException Of(string path, SqliteException e) =>
        new(
            e.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                    $"\"{path}\" is locked by another program; close that",
                SQLitePCL.raw.SQLITE_FULL => $"the disk of \"{path}\" is full; make room",
                SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM =>
                    $"\"{path}\" cannot be written; check its owner and permissions",
                SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
                    $"\"{path}\" is damaged or no AlertHub storage; move it away or restore it",
                SQLitePCL.raw.SQLITE_IOERR => $"the disk of \"{path}\" failed; check it ({e.Message})",
                _ => $"\"{path}\": {e.Message}",
            },
            e
        );
}
