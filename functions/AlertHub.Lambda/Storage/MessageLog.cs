using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlertHub.Aws.Tables;
using AlertHub.Storing;
using Amazon.DynamoDBv2.Model;

namespace AlertHub.Lambda.Storage;

using Item = Dictionary<string, AttributeValue>;

/// <summary>
/// Ids of messages that came, for as long as their senders may send them again. DynamoDB deletes them some time after; until
/// then what is too old is not gone by.
/// </summary>
internal sealed class MessageLog(TableItems records)
{
    private const string Sort = "message";
    private const string Came = "came";

    /// <summary>A key may have 2048 bytes; ids that AWS makes have some tens.</summary>
    private const int LongestId = 512;

    private static readonly TimeSpan Retained = new Retention().Messages;

    /// <summary>Those of these ids that came before.</summary>
    public async Task<IReadOnlyList<string>> KnownAsync(
        IReadOnlyList<string> ids,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var items = await records
            .GetAsync(ids.Select(static id => (KeyOf(id), Sort)), cancellationToken)
            .ConfigureAwait(false);
        var known = items
            .Where(item => DocumentItems.Time(item, Came) + Retained > now)
            .Select(static item => item[DocumentItems.Key].S)
            .ToHashSet(StringComparer.Ordinal);
        return [.. ids.Where(id => known.Contains(KeyOf(id)))];
    }

    public Task NoteAsync(IReadOnlyList<string> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        records.PutAsync(ids.Select(id => ItemOf(id, now)), cancellationToken);

    private static Item ItemOf(string id, DateTimeOffset now) =>
        new()
        {
            [DocumentItems.Key] = new() { S = KeyOf(id) },
            [DocumentItems.Sort] = new() { S = Sort },
            [Came] = new() { N = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
            [DocumentItems.Expires] = new()
            {
                N = (now + Retained).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            },
        };

    private static string KeyOf(string id) =>
        Encoding.UTF8.GetByteCount(id) <= LongestId
            ? $"message:{id}"
            : $"message-hash:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
}
