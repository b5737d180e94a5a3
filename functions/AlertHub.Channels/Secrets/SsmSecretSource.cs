using System.Collections.Concurrent;
using AlertHub.Configuration;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace AlertHub.Channels.Secrets;

/// <summary>
/// Parameters of AWS Systems Manager Parameter Store, decrypted. Each is kept for five minutes; while the store cannot
/// be reached, the last value known stands.
/// </summary>
/// <param name="connect">Makes the client, once and only when a parameter is first wanted.</param>
/// <param name="time">Tells when a value is old.</param>
public sealed class SsmSecretSource(Func<IAmazonSimpleSystemsManagement> connect, TimeProvider time)
    : ISecretSource,
        IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long the store may take; an alert waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Until a store that did not answer is asked again for a value that is known.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // A client that cannot be made yet (no region, no credentials) is made at the next try.
    private readonly Lazy<IAmazonSimpleSystemsManagement> client = new(connect, LazyThreadSafetyMode.PublicationOnly);
    private readonly ConcurrentDictionary<string, (Secret Value, DateTimeOffset ReadAt)> known = new(
        StringComparer.Ordinal
    );
    private readonly SemaphoreSlim oneAtATime = new(1);

    public async ValueTask<Secret> GetAsync(
        SecretReference reference,
        bool refresh,
        CancellationToken cancellationToken
    )
    {
        if (reference is not SecretReference.Parameter { Name: { Length: > 0 } name })
        {
            throw new SecretUnavailableException($"{reference}: names no parameter; write ssm:/name");
        }

        var asked = time.GetUtcNow();
        if (!refresh && Fresh(name, asked) is { } cached)
        {
            return cached;
        }

        await oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            // Whoever waited takes what the one before it has just read.
            if (known.TryGetValue(name, out var entry) && entry.ReadAt > asked)
            {
                return entry.Value;
            }

            var response = await client
                .Value.GetParameterAsync(new GetParameterRequest { Name = name, WithDecryption = true }, either.Token)
                .ConfigureAwait(false);
            if (response.Parameter?.Value?.Trim() is not { Length: > 0 } value)
            {
                throw new SecretUnavailableException($"{reference}: the parameter is empty; write the secret into it");
            }

            var secret = new Secret(value);
            known[name] = (secret, time.GetUtcNow());
            return secret;
        }
        catch (ParameterNotFoundException e)
        {
            throw new SecretUnavailableException(
                $"{reference}: there is no such parameter in this account and region; store it with: aws ssm put-parameter --type SecureString --name {name} --value ...",
                e
            );
        }
        catch (Exception e)
            when (known.ContainsKey(name) && (e is AmazonServiceException || IsOutOfReach(e, cancellationToken)))
        {
            var value = known[name].Value;
            known[name] = (value, time.GetUtcNow() - Lifetime + Pause);
            return value;
        }
        catch (AmazonServiceException e)
        {
            throw new SecretUnavailableException($"{reference}: Parameter Store answered {e.ErrorCode}{Remedy(e)}", e);
        }
        catch (Exception e) when (IsOutOfReach(e, cancellationToken))
        {
            throw new SecretUnavailableException(
                $"{reference}: Parameter Store cannot be reached; check region, credentials and network",
                e
            );
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private static string Remedy(AmazonServiceException e) =>
        e.ErrorCode switch
        {
            "AccessDeniedException" => "; who reads it needs ssm:GetParameter on it, and kms:Decrypt on its key",
            "ValidationException" => "; check the name: it begins with / or is an ARN",
            "ExpiredTokenException" or "UnrecognizedClientException" or "InvalidSignatureException" =>
                "; check the AWS credentials",
            _ => "",
        };

    /// <summary>A cancellation that nobody asked for is a time-out of the client's.</summary>
    private static bool IsOutOfReach(Exception e, CancellationToken cancellationToken) =>
        e is AmazonClientException or HttpRequestException or IOException or TimeoutException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private Secret? Fresh(string name, DateTimeOffset now) =>
        known.TryGetValue(name, out var entry) && now - entry.ReadAt < Lifetime ? entry.Value : null;

    public void Dispose()
    {
        oneAtATime.Dispose();
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }
}
