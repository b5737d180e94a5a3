namespace SecurityGroupGuard.Rules;

/// <summary>A security group, wherever it is.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Region"><c>eu-central-1</c>.</param>
/// <param name="Id"><c>sg-0123</c>; empty where an event has only its name; of a prefix list that changed <c>pl-0123</c>.</param>
internal sealed record GroupId(string Account, string Region, string Id)
{
    /// <summary>As <see cref="ToString"/> writes it; null for anything else.</summary>
    public static GroupId? Parse(string? text) =>
        text?.Split('/') is [{ Length: > 0 } account, { Length: > 0 } region, { Length: > 0 } id]
            ? new(account, region, id)
            : null;

    /// <summary>Whose changes are worked on one after the other.</summary>
    public override string ToString() => $"{Account}/{Region}/{Id}";
}
