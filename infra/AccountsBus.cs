using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Constructs;

namespace Infra;

/// <summary>
/// An event bus for other accounts, so that what they send cannot set off rules of this account's default one. Nobody else may
/// put events on it.
/// </summary>
internal sealed class AccountsBus : EventBus
{
    /// <param name="scope">Of the bus and its policy.</param>
    /// <param name="id">The id of both there.</param>
    /// <param name="description">What comes by it.</param>
    /// <param name="accounts">Who may.</param>
    /// <param name="organization">Id of the organization that they must be in, too; null for any.</param>
    public AccountsBus(
        Construct scope,
        string id,
        string description,
        IEnumerable<string> accounts,
        string? organization = null
    )
        : base(scope, id, new EventBusProps { Description = description })
    {
        this.CallIt($"{id}Bus");
        var statement = new Dictionary<string, object>
        {
            ["Effect"] = "Allow",
            ["Principal"] = new Dictionary<string, object>
            {
                ["AWS"] = accounts.Select(account => $"arn:{Aws.PARTITION}:iam::{account}:root").ToArray(),
            },
            ["Action"] = "events:PutEvents",
            ["Resource"] = EventBusArn,
        };
        if (organization is not null)
        {
            statement["Condition"] = new Dictionary<string, object>
            {
                ["StringEquals"] = new Dictionary<string, object> { ["aws:PrincipalOrgID"] = organization },
            };
        }

        _ = new CfnEventBusPolicy(
            scope,
            $"{id}Policy",
            new CfnEventBusPolicyProps
            {
                EventBusName = EventBusName,
                StatementId = id,
                Statement = statement,
            }
        );
    }
}
