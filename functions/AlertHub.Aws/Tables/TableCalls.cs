using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace AlertHub.Aws.Tables;

/// <summary>
/// Calls of a table: what fails for the moment is tried again, and the rest said in a sentence. Done here and not by the
/// SDK, whose pauses begin at half a second on average: DynamoDB answers in milliseconds, and a request waits for it.
/// </summary>
/// <param name="table">Its name.</param>
/// <param name="time">For the pauses.</param>
/// <param name="random">From 0 to 1, for the same.</param>
internal sealed class TableCalls(string table, TimeProvider time, Func<double> random)
{
    /// <summary>Full jitter from here: 50, 100, 200 ms and so on.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Three seconds or so: what is throttled for longer is for the sender to send again.</summary>
    private const int MostTries = 8;

    /// <summary>
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html (checked 2026-11), and what
    /// any AWS service answers.
    /// </summary>
    private static readonly string[] Transient =
    [
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "Throttling",
        "InternalServerError",
        "ServiceUnavailable",
        "RequestTimeout",
    ];

    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsTrouble(e, cancellationToken))
            {
                if (tries == MostTries || !IsTransient(e))
                {
                    throw Unavailable(e);
                }
            }

            await PauseAsync(tries, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether a conditional write was done; false where its condition does not hold. It may not hold for what an earlier try
    /// has written whose answer was lost: who can tell its own writes looks.
    /// </summary>
    public async Task<bool> ConditionalAsync<T>(
        Func<CancellationToken, Task<T>> write,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await CallAsync(write, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Before another try of what a batch left undone, which is how DynamoDB throttles batches.</summary>
    /// <param name="tries">How many there were.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task PauseAsync(int tries, CancellationToken cancellationToken)
    {
        if (tries == MostTries)
        {
            throw new StorageUnavailableException(
                $"table \"{table}\" is throttled; it takes more again within minutes, or raise its limits"
            );
        }

        if (tries > 0)
        {
            var pause = First * Math.Pow(2, tries - 1);
            await Task.Delay(random() * (pause < Longest ? pause : Longest), time, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static bool IsTrouble(Exception e, CancellationToken cancellationToken) =>
        e is not ConditionalCheckFailedException && AwsTrouble.Is(e, cancellationToken);

    private static bool IsTransient(Exception e) =>
        e is not AmazonServiceException service
        || service.StatusCode is 0 or >= HttpStatusCode.InternalServerError
        || Transient.Contains(service.ErrorCode, StringComparer.Ordinal);

    private StorageUnavailableException Unavailable(Exception e) =>
        new(
            e switch
            {
                ResourceNotFoundException => $"there is no table \"{table}\"; deploy the stack that holds it",
                AmazonServiceException { ErrorCode: "AccessDeniedException" } =>
                    $"table \"{table}\" may not be used by this role (AccessDeniedException)",
                AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"table \"{table}\" answered {code}",
                _ => $"table \"{table}\" cannot be reached ({e.GetType().Name}); check region, credentials and network",
            },
            e
        );
}
