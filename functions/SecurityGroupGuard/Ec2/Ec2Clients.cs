using System.Collections.Concurrent;
using AlertHub.Aws;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SecurityToken;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Ec2;

/// <summary>Clients of EC2, one for each account and region, made once; of another account as the guard's role there.</summary>
/// <param name="variable">Of the environment.</param>
/// <param name="own">The guard's own account; null where it is not known, and then all groups are taken for its own.</param>
/// <param name="memberRole">Name of the role in other accounts; null where none are guarded.</param>
/// <param name="time">For the age of credentials.</param>
internal sealed class Ec2Clients(Func<string, string?> variable, string? own, string? memberRole, TimeProvider time)
{
    /// <summary>Of one try. EC2 answers these calls within a second or so, and a group waits.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The SDK's own retries of throttling, with its jitter, before the message waits for its next turn.</summary>
    private const int Retries = 4;

    /// <summary>Before they end.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<
        (string Account, string Region),
        (IAmazonEC2 Client, DateTimeOffset Until)
    > clients = [];

    /// <exception cref="AmazonServiceException">The role cannot be taken.</exception>
    /// <exception cref="SettingException">The group is of another account, and none are guarded.</exception>
    public async Task<IAmazonEC2> ForAsync(GroupId group, CancellationToken cancellationToken)
    {
        var key = (group.Account, group.Region);
        if (clients.TryGetValue(key, out var known) && known.Until > time.GetUtcNow())
        {
            return known.Client;
        }

        var (credentials, until) =
            own is null || group.Account == own || group.Account.Length == 0
                ? (AwsEnvironment.Credentials(variable), DateTimeOffset.MaxValue)
                : await MemberAsync(group.Account, cancellationToken).ConfigureAwait(false);
        var config = new AmazonEC2Config { Timeout = Timeout, MaxErrorRetry = Retries };
        AwsEnvironment.Place(config, variable, "EC2", group.Region.Length == 0 ? null : group.Region);
        var client = credentials is null ? new AmazonEC2Client(config) : new AmazonEC2Client(credentials, config);
        clients[key] = (client, until);
        return client;
    }

    private async Task<(AWSCredentials?, DateTimeOffset)> MemberAsync(
        string account,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrEmpty(memberRole))
        {
            throw new SettingException(
                $"the group is in account {account}, and {Names.MemberRoleVariable} is not set; deploy the member stack there and the guard with that account"
            );
        }

        var config = new AmazonSecurityTokenServiceConfig { Timeout = Timeout, MaxErrorRetry = Retries };
        AwsEnvironment.Place(config, variable, "STS");
        using var tokens = AwsEnvironment.Credentials(variable) is { } credentials
            ? new AmazonSecurityTokenServiceClient(credentials, config)
            : new AmazonSecurityTokenServiceClient(config);
        var assumed = await tokens
            .AssumeRoleAsync(
                new() { RoleArn = $"arn:aws:iam::{account}:role/{memberRole}", RoleSessionName = Names.Guard },
                cancellationToken
            )
            .ConfigureAwait(false);
        var given = assumed.Credentials;
        return (
            new SessionAWSCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken),
            given.Expiration is { } end ? new DateTimeOffset(end.ToUniversalTime()) - Margin : time.GetUtcNow() + Margin
        );
    }
}
