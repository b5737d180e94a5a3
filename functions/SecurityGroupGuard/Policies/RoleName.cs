namespace SecurityGroupGuard.Policies;

/// <summary>A role by its ARN or by that of a session of it. A role's name is its account's only one, whatever its path is.</summary>
internal sealed record RoleName(string Partition, string Account, string Name)
{
    /// <summary>Null for what is neither.</summary>
    public static RoleName? Parse(string? arn) =>
        arn?.Split(':', 6) switch
        {
            ["arn", var partition, "iam", _, var account, var resource]
                when resource.StartsWith("role/", StringComparison.Ordinal) => new(
                partition,
                account,
                resource[(resource.LastIndexOf('/') + 1)..]
            ),
            ["arn", var partition, "sts", _, var account, var resource]
                when resource.Split('/') is ["assumed-role", var name, ..] => new(partition, account, name),
            _ => null,
        };
}
