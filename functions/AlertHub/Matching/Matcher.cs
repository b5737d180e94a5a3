using System.Text;
using AlertHub.Text;

namespace AlertHub.Matching;

/// <summary>How a matcher compares: <c>=</c>, <c>!=</c>, <c>=~</c>, <c>!~</c>, in the order Alertmanager sorts them.</summary>
public enum MatchOperator
{
    Equal,
    NotEqual,
    Regex,
    NotRegex,
}

/// <summary>
/// One condition on one label. A label that is not there counts as an empty one. Regular expressions are RE2's and match
/// the whole value.
/// </summary>
public sealed class Matcher : IEquatable<Matcher>
{
    private readonly Re2? pattern;

    /// <summary>The order in which routes keep their matchers: by name, then value, then operator.</summary>
    public static Comparer<Matcher> Order { get; } =
        Comparer<Matcher>.Create(
            static (a, b) =>
                GoString.Compare(a.Name, b.Name) is var byName and not 0 ? byName
                : GoString.Compare(a.Value, b.Value) is var byValue and not 0 ? byValue
                : a.Operator.CompareTo(b.Operator)
        );

    private Matcher(string name, MatchOperator matchOperator, string value, Re2? pattern)
    {
        (Name, Operator, Value) = (name, matchOperator, value);
        this.pattern = pattern;
    }

    public string Name { get; }

    public MatchOperator Operator { get; }

    /// <summary>What the label's value is compared with; a regular expression as written.</summary>
    public string Value { get; }

    /// <summary>
    /// All the values with which it holds, the empty one for a missing label among them; null where they cannot be listed.
    /// </summary>
    public IReadOnlyCollection<string>? Values =>
        Operator switch
        {
            MatchOperator.Equal => [Value],
            MatchOperator.Regex => pattern?.Literals,
            _ => null,
        };

    /// <summary>A matcher, or null and what is wrong with its regular expression.</summary>
    public static Matcher? Create(string name, MatchOperator matchOperator, string value, out string? objection)
    {
        objection = null;
        if (matchOperator is MatchOperator.Equal or MatchOperator.NotEqual)
        {
            return new(name, matchOperator, value, pattern: null);
        }

        return Re2.Whole(value, out objection) is { } pattern ? new(name, matchOperator, value, pattern) : null;
    }

    /// <summary>That a label has this value; the empty one stands for no label.</summary>
    internal static Matcher Equal(string name, string value) => new(name, MatchOperator.Equal, value, pattern: null);

    /// <summary>What comparing costs, about: the instructions of an expression that is more than a list of texts.</summary>
    internal int Cost => pattern is { Literals: null } ? pattern.Size : 0;

    /// <summary>
    /// The same condition, written with the anchors that Alertmanager puts around a value of <c>match_re</c>; group keys show
    /// them.
    /// </summary>
    internal Matcher Anchored() => new(Name, Operator, $"^(?:{Value})$", pattern);

    public bool Matches(string? value) =>
        Operator switch
        {
            MatchOperator.Equal => (value ?? "") == Value,
            MatchOperator.NotEqual => (value ?? "") != Value,
            MatchOperator.Regex => pattern is not null && pattern.IsMatch(value ?? ""),
            _ => pattern is not null && !pattern.IsMatch(value ?? ""),
        };

    public bool Equals(Matcher? other) =>
        other is not null && Name == other.Name && Operator == other.Operator && Value == other.Value;

    public override bool Equals(object? obj) => Equals(obj as Matcher);

    public override int GetHashCode() => HashCode.Combine(Name, Operator, Value);

    /// <summary>
    /// In canonical form (labels.Matcher.String): <c>name="value"</c> with backslash, line feed and double quote escaped.
    /// A name with reserved characters comes from the UTF-8 grammar: then both are written as Go quotes strings.
    /// </summary>
    public override string ToString() =>
        Name.EnumerateRunes().Any(Utf8Grammar.IsReserved)
            ? $"{GoString.Quote(Name)}{Operator.Text()}{GoString.Quote(Value)}"
            : new StringBuilder(Name)
                .Append(Operator.Text())
                .Append('"')
                .Append(Value.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\"", "\\\""))
                .Append('"')
                .ToString();
}
