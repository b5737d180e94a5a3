namespace SecurityGroupGuard.Events;

/// <summary>Who did something, as CloudTrail's <c>userIdentity</c> and what stands beside it say. All of it may be missing.</summary>
internal sealed record Actor
{
    /// <summary><c>Root</c>, <c>IAMUser</c>, <c>AssumedRole</c>, <c>AWSService</c> and others.</summary>
    public string? Type { get; init; }

    /// <summary>The user's name, or that of the role behind a session.</summary>
    public string? Name { get; init; }

    /// <summary>Of a session <c>arn:aws:sts::…:assumed-role/Role/session</c>, without the role's path: not what is compared.</summary>
    public string? Arn { get; init; }

    /// <summary>The role behind a session, with its path: what is compared.</summary>
    public string? IssuerArn { get; init; }

    public string? Account { get; init; }

    public string? AccessKey { get; init; }

    /// <summary>Set once, by who began a chain of roles; cannot be changed on the way.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>The AWS service that called for somebody: <c>cloudformation.amazonaws.com</c>.</summary>
    public string? InvokedBy { get; init; }

    /// <summary>The id of the user of IAM Identity Center for whom it was done, who has no ARN.</summary>
    public string? OnBehalfOf { get; init; }

    public bool? HasMfa { get; init; }

    public string? SourceAddress { get; init; }

    /// <summary>Of the caller's own choice, so evidence of nothing.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The role, the user, or the root of the account.</summary>
    public string? Principal => IssuerArn ?? Arn;

    /// <summary>As people call them: <c>jane (role Admin)</c>, <c>root of 123456789012</c>. Proof of nothing; the ARN is.</summary>
    public string Called =>
        AlertHub.Sources.Arn.Parse(Arn)?.Resource.Split('/') switch
        {
            ["assumed-role", var role, var session] => $"{session} (role {role})",
            ["root"] => $"root of {Account}",
            ["federated-user", .., var name] => $"{name} (federated)",
            [_, .., var name] => name,
            _ => $"{this}",
        };

    public override string ToString() =>
        Arn
        ?? InvokedBy
        ?? OnBehalfOf
        ?? Name
        ?? (
            Type is null ? "somebody unknown"
            : Account is null ? Type
            : $"{Type} of {Account}"
        );
}
