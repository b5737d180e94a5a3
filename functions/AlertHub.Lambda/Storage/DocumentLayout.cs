using AlertHub.Storing;
using AlertHub.Storing.Rows;

namespace AlertHub.Lambda.Storage;

/// <summary>
/// How a document lies in items. A small one is written whole into its head, so that a commit is one write of a kilobyte.
/// What is larger lies in parts that are written once; of a change only the difference is written, into the head as long as
/// it has room, then as a further part; and when the differences are longer than what they differ from, all is written anew.
/// So each byte is written about three times, whatever the size of the group.
/// </summary>
internal static class DocumentLayout
{
    /// <summary>So much of packed rows in the head: DynamoDB asks for each kilobyte of an item at each write.</summary>
    public const int HeadBytes = 4 * 1024;

    /// <summary>The document after a change, and the part that has to be written before its head is; null for none.</summary>
    /// <param name="before">As it is stored.</param>
    /// <param name="state">What it is to hold.</param>
    /// <param name="rules">The configuration under which its group was put together.</param>
    /// <param name="revision">Of the new one; a part is named after it.</param>
    public static (Document After, NewPart? NewPart) Next(Document before, HubState state, long rules, string revision)
    {
        var after = before with { Revision = revision, State = state, Rules = rules };
        if (before.Parts.Count == 0)
        {
            return Whole(after);
        }

        Row[] rows = [.. before.Rows, Difference(before.State, state)];
        var packed = RowPack.Pack(rows);
        return packed.Length <= HeadBytes ? (after with { Rows = rows }, null)
            : Bytes(after, isBase: false) + packed.Length > Bytes(after, isBase: true) ? Whole(after)
            : With(after, after.Parts, packed, isBase: false);
    }

    private static (Document, NewPart?) Whole(Document document)
    {
        Row[] rows = [.. Snapshot.Of(document.State)];
        var packed = RowPack.Pack(rows);
        return packed.Length <= HeadBytes
            ? (document with { Parts = [], Rows = rows }, null)
            : With(document, [], packed, isBase: true);
    }

    private static (Document, NewPart?) With(
        Document document,
        IReadOnlyList<DocumentPart> parts,
        byte[] packed,
        bool isBase
    )
    {
        var part = new DocumentPart($"{DocumentItems.PartPrefix}{document.Revision}", packed.Length, isBase);
        return (document with { Parts = [.. parts, part], Rows = [] }, new(part, packed));
    }

    private static int Bytes(Document document, bool isBase) =>
        document.Parts.Where(part => part.IsBase == isBase).Sum(static part => part.Bytes);

    private static Row Difference(HubState before, HubState after)
    {
        var touched = new Touched();
        touched.AddDifferences(before, after);
        using var writer = new RowWriter();
        return writer.Row(before, after, touched);
    }
}
