using AlertHub.Storing;
using AlertHub.Storing.Rows;

namespace AlertHub.Local.Storage;

/// <summary>
/// Keeps the journal short: when it has grown as long as what it tells of, all of that is written anew, as a snapshot, and
/// the rows before it are deleted. It is done in small steps between commits, so that nobody waits for it; a snapshot
/// counts once it is whole, and an unfinished one is deleted.
/// </summary>
internal sealed class Folding
{
    /// <summary>Deleted in one step.</summary>
    private const int StepRows = 64;

    private readonly StoreFile file;
    private readonly StoreSettings settings;
    private Mark mark;
    private Begun? snapshot;
    private long snapshotBytes;
    private bool isClean;

    public Folding(StoreFile file, StoreSettings settings)
    {
        (this.file, this.settings) = (file, settings);
        mark = file.ReadMark();
        snapshotBytes = file.Statements.Scalar("SELECT sum(length(body)) FROM snapshot") ?? 0;
    }

    public bool IsDue =>
        snapshot is not null || !isClean || file.JournalBytes > Math.Max(settings.ShortJournalBytes, snapshotBytes);

    /// <summary>One step, where something is due.</summary>
    /// <param name="stored">What is on the disk now.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">It came to nothing; what was stored is as it was.</exception>
    public void Step(HubState stored)
    {
        if (!isClean)
        {
            Clean();
        }
        else
        {
            snapshot ??= new(
                Snapshot.Of(stored).GetEnumerator(),
                new()
                {
                    Position = file.Position,
                    At = file.At,
                    First = mark.Last + 1,
                    Last = mark.Last,
                },
                file.JournalBytes,
                0
            );
            Write(snapshot);
        }
    }

    /// <summary>Whatever was begun is begun anew.</summary>
    public void GiveUp() => (snapshot, isClean) = (null, false);

    private void Write(Begun begun)
    {
        var (last, bytes, isWhole) = (begun.Mark.Last, 0L, false);
        file.Statements.Transact(() =>
        {
            while (bytes < settings.StepBytes && !isWhole)
            {
                if (begun.Rows.MoveNext())
                {
                    var row = begun.Rows.Current.Body;
                    file.Keep(++last, row.ToArray());
                    bytes += row.Length;
                }
                else
                {
                    isWhole = true;
                    file.Set(begun.Mark with { Last = last });
                }
            }
        });
        var next = begun with { Mark = begun.Mark with { Last = last }, Bytes = begun.Bytes + bytes };
        if (isWhole)
        {
            (mark, snapshotBytes) = (next.Mark, next.Bytes);
            file.JournalBytes -= next.JournalBytes;
            GiveUp();
        }
        else
        {
            snapshot = next;
        }
    }

    private void Clean() =>
        file.Statements.Transact(() =>
            isClean =
                file.Statements.Change(
                    """
                    DELETE FROM journal WHERE position IN (
                        SELECT position FROM journal WHERE position <= $position ORDER BY position LIMIT $some)
                    """,
                    ("$position", mark.Position),
                    ("$some", StepRows)
                )
                    + file.Statements.Change(
                        """
                        DELETE FROM snapshot WHERE id IN (
                            SELECT id FROM snapshot WHERE id < $first OR id > $last ORDER BY id LIMIT $some)
                        """,
                        ("$first", mark.First),
                        ("$last", mark.Last),
                        ("$some", StepRows)
                    )
                == 0
        );

    /// <param name="Rows">Those that are still to be written.</param>
    /// <param name="Mark">Up to what was written.</param>
    /// <param name="JournalBytes">What will be shorter by it.</param>
    /// <param name="Bytes">What was written.</param>
    private sealed record Begun(IEnumerator<Row> Rows, Mark Mark, long JournalBytes, long Bytes);
}
