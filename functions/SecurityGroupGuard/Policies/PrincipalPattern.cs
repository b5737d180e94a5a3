namespace SecurityGroupGuard.Policies;

/// <summary>
/// An ARN with wildcards, as <c>ArnLike</c> of IAM compares it: each of the six parts that colons make for itself, so that
/// <c>arn:aws:iam::*:role/deploy/*</c> is not met by a role whose path somebody chose to be <c>/x:role/deploy/</c>. In the
/// last part <c>*</c> stands for slashes and colons too. A pattern that ends early with <c>*</c> leaves the rest open.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, "Amazon Resource
/// Name (ARN) condition operators"
/// </remarks>
internal sealed record PrincipalPattern
{
    private const int Parts = 6;

    /// <summary>Nobody's in particular: whatever is for two of a kind is for all of that kind.</summary>
    private static readonly string[][] Strangers =
    [
        ["arn:aws:iam::190283746556:role/Zq7/xK", "arn:aws:iam::564738291001:role/bV3"],
        ["arn:aws:iam::190283746556:user/Zq7/xK", "arn:aws:iam::564738291001:user/bV3"],
    ];

    private readonly string[] parts;

    private PrincipalPattern(string pattern) => (Pattern, parts) = (pattern, pattern.Split(':', Parts));

    public string Pattern { get; }

    /// <summary>Whether it names nobody: every role or every user there may be meets it.</summary>
    public bool IsForStrangers => Strangers.Any(kind => kind.All(IsMatch));

    /// <summary>Null and what is wrong with a pattern that nobody can meet.</summary>
    public static PrincipalPattern? Parse(string text, out string? objection)
    {
        var pattern = new PrincipalPattern(text);
        objection =
            text.Length == 0 ? "a principal is missing; write an ARN such as arn:aws:iam::111122223333:role/deploy/*"
            : text.Any(char.IsWhiteSpace) ? $"\"{text}\" has a space in it, which no ARN has"
            : pattern.IsCutShort
            || (pattern.parts.Length == Parts && Glob.IsMatch(pattern.parts[0], "arn") && pattern.parts[5].Length > 0)
                ? pattern.Mistake
            : $"\"{text}\" is no ARN; write one in full, such as arn:aws:iam::111122223333:role/deploy/*";
        return objection is null ? pattern : null;
    }

    /// <summary>An actor without a principal is nobody.</summary>
    public bool IsMatch(string? principal)
    {
        if (principal is null)
        {
            return false;
        }

        var others = principal.Split(':', parts.Length);
        return others.Length == parts.Length
            && parts.Zip(others).All(static pair => Glob.IsMatch(pair.First, pair.Second));
    }

    public bool Equals(PrincipalPattern? other) => other is not null && Pattern == other.Pattern;

    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Pattern;

    private bool IsCutShort =>
        parts.Length < Parts && parts[^1] is "*" && (parts.Length == 1 || parts[0] is "arn" or "*");

    /// <summary>What looks right and is never met.</summary>
    private string? Mistake =>
        parts is [_, _, "sts", _, _, var session] && session.StartsWith("assumed-role/", StringComparison.Ordinal)
            ? $"\"{Pattern}\" is a session; what is compared is its role, with the role's path: arn:{parts[1]}:iam::{parts[4]}:role/{session.Split('/')[1]}"
            : null;
}
