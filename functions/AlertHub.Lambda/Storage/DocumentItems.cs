using System.Globalization;
using AlertHub.Aws.Tables;
using AlertHub.Grouping;
using AlertHub.Storing.Rows;
using Amazon.DynamoDBv2.Model;

namespace AlertHub.Lambda.Storage;

using Item = Dictionary<string, AttributeValue>;

/// <summary>
/// Documents as items: the head, under <c>head</c>, and slices of parts, under <c>part:REVISION.n</c>. What a sweep asks for
/// stands in attributes of the head, so that it need not unpack anything.
/// </summary>
internal static class DocumentItems
{
    public const string Key = ItemAttributes.Key;
    public const string Sort = ItemAttributes.Sort;
    public const string Head = "head";
    public const string PartPrefix = "part:";
    public const string Revision = ItemAttributes.Revision;
    public const string Flush = "flush";
    public const string Tell = "tell";
    public const string Since = "since";
    public const string Dead = "dead";
    public const string Alerts = "alerts";
    public const string Rules = "rules";
    public const string Expires = ItemAttributes.Expires;

    /// <summary>What a sweep asks for, of documents with a group.</summary>
    public static IReadOnlyList<string> Surveyed { get; } = [Alerts, Key, Flush, Tell, Since, Dead, Rules];

    private const string Rows = "rows";
    private const string Parts = "parts";
    private const string Slice = "slice";

    /// <summary>Of the milliseconds with which a revision begins.</summary>
    private const int TimeDigits = 13;

    /// <summary>An item may have 400 KB, all of it counted.</summary>
    private const int SliceBytes = 350 * 1024;

    public static Item HeadOf(Document document, DateTimeOffset? expires)
    {
        var item = new Item
        {
            [Key] = new() { S = document.Key },
            [Sort] = new() { S = Head },
            [Revision] = new() { S = document.Revision },
            [Rules] = Number(document.Rules),
            [Rows] = Binary(RowPack.Pack(document.Rows)),
        };
        if (document.Parts.Count > 0)
        {
            item[Parts] = new()
            {
                L =
                [
                    .. document.Parts.Select(static part => new AttributeValue
                    {
                        S = string.Create(
                            CultureInfo.InvariantCulture,
                            $"{part.Name} {part.Bytes} {(part.IsBase ? "base" : "difference")}"
                        ),
                    }),
                ],
            };
        }

        if (expires is { } end)
        {
            item[Expires] = Number(end.ToUnixTimeSeconds());
        }

        if (document.State.Groups.Values.FirstOrDefault() is { } group)
        {
            Add(item, group);
        }

        return item;
    }

    /// <summary>What has to be done about a group, and how it stands with what is to be told.</summary>
    private static void Add(Item item, Group group)
    {
        item[Alerts] = Number(group.Alerts.Count);
        if (group.Due < DateTimeOffset.MaxValue)
        {
            item[Flush] = Number(group.Due.ToUnixTimeMilliseconds());
        }

        Delivery[] waiting = [.. group.Deliveries.Where(static delivery => !delivery.IsDead)];
        if (waiting.Length > 0)
        {
            item[Tell] = new()
            {
                L = [.. waiting.Select(static delivery => new AttributeValue { S = Text(delivery) })],
            };
        }

        if (waiting.Where(static delivery => !delivery.IsShown).ToArray() is [_, ..] news)
        {
            item[Since] = Number(news.Min(static delivery => delivery.Since).ToUnixTimeMilliseconds());
        }

        if (group.Deliveries.Count > waiting.Length)
        {
            item[Dead] = Number(group.Deliveries.Count - waiting.Length);
        }
    }

    private static string Text(Delivery delivery) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{delivery.Integration.Kind} {delivery.Integration.Index} {delivery.NextLook.ToUnixTimeMilliseconds()}"
        );

    /// <summary>When somebody has to look at which of a group's deliveries.</summary>
    public static IEnumerable<(IntegrationId Integration, DateTimeOffset Due)> Tells(Item head) =>
        head.TryGetValue(Tell, out var tell)
            ? tell.L.Select(static each =>
                each.S.Split(' ') is [var kind, var index, var ms]
                    ? (
                        new IntegrationId(kind, int.Parse(index, CultureInfo.InvariantCulture)),
                        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(ms, CultureInfo.InvariantCulture))
                    )
                    : throw new FormatException($"\"{each.S}\" names no delivery")
            )
            : [];

    public static IEnumerable<Item> SlicesOf(string key, NewPart part)
    {
        var slice = 0;
        for (var from = 0; from < part.Packed.Length; from += SliceBytes, slice++)
        {
            yield return new()
            {
                [Key] = new() { S = key },
                [Sort] = new() { S = SliceName(part.Part, slice) },
                [Slice] = Binary(part.Packed[from..Math.Min(part.Packed.Length, from + SliceBytes)]),
            };
        }
    }

    /// <summary>Sort keys of a part's items.</summary>
    public static IEnumerable<string> SliceNames(DocumentPart part) =>
        Enumerable.Range(0, (part.Bytes + SliceBytes - 1) / SliceBytes).Select(slice => SliceName(part, slice));

    /// <summary>
    /// The document of a head and the slices that it refers to; null where one of these is missing: then the head is not
    /// what is stored any more.
    /// </summary>
    /// <param name="head">The head's item.</param>
    /// <param name="slices">Items by sort key.</param>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static Document? Read(Item head, IReadOnlyDictionary<string, Item> slices)
    {
        var parts = PartsOf(head);
        var replay = new Replay(keepsLeases: true);
        foreach (var part in parts)
        {
            if (Joined(part, slices) is not { } packed)
            {
                return null;
            }

            Apply(replay, RowPack.Unpack(packed));
        }

        var rows = RowPack.Unpack(head[Rows].B.ToArray());
        Apply(replay, rows);
        return new()
        {
            Key = head[Key].S,
            Revision = head[Revision].S,
            Rules = long.Parse(head[Rules].N, CultureInfo.InvariantCulture),
            Parts = parts,
            Rows = rows,
            State = replay.State(),
        };
    }

    /// <summary>When a slice was written, by its sort key; null where that is of another form.</summary>
    public static DateTimeOffset? WrittenAt(string slice) =>
        slice.Length > PartPrefix.Length + TimeDigits
        && long.TryParse(
            slice.AsSpan(PartPrefix.Length, TimeDigits),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var milliseconds
        )
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    public static IReadOnlyList<DocumentPart> PartsOf(Item head) =>
        head.TryGetValue(Parts, out var parts) ? [.. parts.L.Select(static part => ReadPart(part.S))] : [];

    public static DateTimeOffset? Time(Item item, string name) =>
        item.TryGetValue(name, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time.N, CultureInfo.InvariantCulture))
            : null;

    public static int Count(Item item, string name) =>
        item.TryGetValue(name, out var count) ? int.Parse(count.N, CultureInfo.InvariantCulture) : 0;

    private static byte[]? Joined(DocumentPart part, IReadOnlyDictionary<string, Item> slices)
    {
        var packed = new byte[part.Bytes];
        var length = 0;
        foreach (var name in SliceNames(part))
        {
            if (!slices.TryGetValue(name, out var item))
            {
                return null;
            }

            length += item[Slice].B.Read(packed, length, packed.Length - length);
        }

        return length == packed.Length
            ? packed
            : throw new FormatException($"part \"{part.Name}\" has {length} bytes and should have {part.Bytes}");
    }

    private static void Apply(Replay replay, IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
        {
            replay.Apply(row.Body, row.Heartbeats.Span);
        }
    }

    private static DocumentPart ReadPart(string text) =>
        text.Split(' ') is [var name, var bytes, var kind]
            ? new(name, int.Parse(bytes, CultureInfo.InvariantCulture), kind == "base")
            : throw new FormatException($"\"{text}\" names no part");

    private static string SliceName(DocumentPart part, int slice) =>
        string.Create(CultureInfo.InvariantCulture, $"{part.Name}.{slice}");

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Binary(byte[] bytes) => new() { B = new MemoryStream(bytes, writable: false) };
}
