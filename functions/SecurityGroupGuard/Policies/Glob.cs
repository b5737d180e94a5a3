namespace SecurityGroupGuard.Policies;

/// <summary>A pattern for a whole text, in its capitals: <c>*</c> stands for any characters, a slash too, <c>?</c> for one.</summary>
internal sealed record Glob(string Pattern)
{
    /// <summary>Takes time in proportion to both lengths, multiplied.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, read) = (0, 0);
        var (star, from) = (-1, 0);
        while (read < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, from) = (at++, read);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[read]))
            {
                (at, read) = (at + 1, read + 1);
            }
            else if (star >= 0)
            {
                // The last star takes one character more; an earlier one need not, whatever it left this one can have.
                (at, read) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }

    public bool IsMatch(string? text) => text is not null && IsMatch(Pattern, text);

    public override string ToString() => Pattern;
}
