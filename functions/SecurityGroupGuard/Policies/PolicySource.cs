using System.Text;
using AlertHub.Aws;
using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using Microsoft.Extensions.Logging;

namespace SecurityGroupGuard.Policies;

/// <summary>
/// The policy, from a parameter (<c>ssm:/name</c>) or an object (<c>s3://bucket/key</c>). It is read anew each minute; what
/// cannot be read or used leaves the last good one in force.
/// </summary>
internal sealed partial class PolicySource(
    string reference,
    IAmazonSimpleSystemsManagement parameters,
    Func<IAmazonS3> objects,
    TimeProvider time,
    ILogger<PolicySource> log
)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private (Policy Policy, DateTimeOffset ReadAt)? last;

    /// <exception cref="PolicyException">There is no policy that could be used.</exception>
    public async Task<Policy> GetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (last is { } fresh && now - fresh.ReadAt < Age)
        {
            return fresh.Policy;
        }

        string objection;
        try
        {
            var (policy, problems) = Policy.Read(await TextAsync(cancellationToken).ConfigureAwait(false), reference);
            foreach (var problem in problems.Where(static problem => !problem.IsError))
            {
                Remark(problem.ToString());
            }

            if (policy is not null)
            {
                last = (policy, now);
                return policy;
            }

            objection = string.Join("; ", problems.Where(static problem => problem.IsError));
        }
        catch (Exception e) when (AwsTrouble.Is(e, cancellationToken))
        {
            objection =
                $"{reference} cannot be read: {(e as Amazon.Runtime.AmazonServiceException)?.ErrorCode ?? e.GetType().Name}";
        }

        if (last is not { } good)
        {
            throw new PolicyException(objection);
        }

        Kept(good.ReadAt, objection);
        last = (good.Policy, now);
        return good.Policy;
    }

    private async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        if (reference.StartsWith("ssm:", StringComparison.Ordinal))
        {
            var answer = await parameters
                .GetParameterAsync(
                    new() { Name = reference["ssm:".Length..], WithDecryption = true },
                    cancellationToken
                )
                .ConfigureAwait(false);
            return answer.Parameter?.Value ?? "";
        }

        if (
            Uri.TryCreate(reference, UriKind.Absolute, out var uri)
            && uri is { Scheme: "s3", Host.Length: > 0, AbsolutePath.Length: > 1 }
        )
        {
            using var answer = await objects()
                .GetObjectAsync(uri.Host, Uri.UnescapeDataString(uri.AbsolutePath[1..]), cancellationToken)
                .ConfigureAwait(false);
            using var text = new StreamReader(answer.ResponseStream, Encoding.UTF8);
            return await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }

        throw new SettingException($"{Names.PolicyVariable} is \"{reference}\"; write ssm:/name or s3://bucket/key");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the policy: {Problem}")]
    private partial void Remark(string problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "the policy of {ReadAt} stays in force, since the one that is there cannot be used: {Problems}"
    )]
    private partial void Kept(DateTimeOffset readAt, string problems);
}

/// <summary>There is no policy to decide by. The message says all that is wrong with the one that is there.</summary>
public sealed class PolicyException(string message) : Exception(message);
