using System.Text;

namespace AlertHub.Text;

/// <summary>Text within a limit: cut between characters, never inside one, and marked as cut.</summary>
public static class Cut
{
    public const char Mark = '…';

    /// <summary>At most <paramref name="length"/> UTF-16 code units of <paramref name="text"/>, escaped as it goes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The limit, at least 1, on the escaped text with its mark.</param>
    /// <param name="escape">The destination's form of a character; null for the character itself.</param>
    public static string To(string text, int length, Func<Rune, string?>? escape = null)
    {
        var fitted = new StringBuilder(Math.Min(text.Length, length));
        var lastThatLeavesRoom = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var escaped = escape?.Invoke(rune);
            if (fitted.Length + (escaped?.Length ?? rune.Utf16SequenceLength) > length)
            {
                fitted.Length = lastThatLeavesRoom;
                return fitted.Append(Mark).ToString();
            }

            _ = escaped is null ? fitted.Append(rune.ToString()) : fitted.Append(escaped);
            lastThatLeavesRoom = fitted.Length < length ? fitted.Length : lastThatLeavesRoom;
        }

        return fitted.ToString();
    }
}
