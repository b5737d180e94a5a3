namespace AlertHub.Matching;

/// <summary>The operators as written.</summary>
internal static class Operators
{
    public static string Text(this MatchOperator matchOperator) =>
        matchOperator switch
        {
            MatchOperator.Equal => "=",
            MatchOperator.NotEqual => "!=",
            MatchOperator.Regex => "=~",
            _ => "!~",
        };

    /// <summary>The operator that a text begins with.</summary>
    public static (MatchOperator Operator, int Length)? At(ReadOnlySpan<char> text) =>
        text switch
        {
            ['=', '~', ..] => (MatchOperator.Regex, 2),
            ['=', ..] => (MatchOperator.Equal, 1),
            ['!', '=', ..] => (MatchOperator.NotEqual, 2),
            ['!', '~', ..] => (MatchOperator.NotRegex, 2),
            _ => null,
        };
}
