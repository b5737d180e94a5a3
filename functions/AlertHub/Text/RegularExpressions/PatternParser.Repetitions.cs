using System.Globalization;

namespace AlertHub.Text.RegularExpressions;

/// <summary><c>*</c>, <c>+</c>, <c>?</c> and counts in braces, with RE2's limits.</summary>
internal sealed partial class PatternParser
{
    private bool Repeat(int least, int? most, int end)
    {
        var start = at;
        var lazy = end < text.Length && text[end] == '?';
        if (Top.Items.Count == 0)
        {
            Refuse("nothing stands before what repeats", at, end);
        }
        else if (repetition >= 0)
        {
            Refuse("one repetition cannot follow another", repetition, end);
        }
        else if (least > Node.MostRepeats || most > Node.MostRepeats || most < least)
        {
            Refuse($"a repetition is {{least,most}}, up to {Node.MostRepeats}", at, end);
        }
        else
        {
            at = end + (lazy ? 1 : 0);
            var part = Top.Items[^1];
            Top.Items.RemoveAt(Top.Items.Count - 1);
            var repeat = new Node.Repeat(part, least, most, Greedy: lazy == flags.HasFlag(Flags.Lazy));
            Push(repeat);
            if ((least >= 2 || most >= 2) && !Fits(repeat, Node.MostRepeats))
            {
                Refuse($"repetitions within repetitions make more than {Node.MostRepeats} copies", start, end);
            }
        }

        return true;
    }

    private static bool Fits(Node node, int copies)
    {
        if (node is Node.Repeat repeat)
        {
            var count = repeat.Most ?? repeat.Least;
            return repeat.Most == 0 || (count <= copies && Fits(repeat.Part, count > 0 ? copies / count : copies));
        }

        return node switch
        {
            Node.Group group => Fits(group.Part, copies),
            Node.Sequence sequence => sequence.Parts.All(p => Fits(p, copies)),
            Node.Choice choice => choice.Parts.All(p => Fits(p, copies)),
            _ => true,
        };
    }

    /// <summary><c>{2}</c>, <c>{2,}</c>, <c>{2,5}</c>; anything else is text.</summary>
    private (int Least, int? Most, int End)? Counts()
    {
        var position = at + 1;
        if (Count(ref position) is not { } least)
        {
            return null;
        }

        int? most = least;
        if (position < text.Length && text[position] == ',')
        {
            position++;
            most = position < text.Length && text[position] == '}' ? null : Count(ref position);
            if (most is null && (position >= text.Length || text[position] != '}'))
            {
                return null;
            }
        }

        return position < text.Length && text[position] == '}' ? (least, most, position + 1) : null;
    }

    private int? Count(ref int position)
    {
        var end = position;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var digits = text.AsSpan(position, end - position);
        position = end;
        return digits.Length == 0 || (digits.Length > 1 && digits[0] == '0') ? null
            : digits.Length > 8 ? int.MaxValue
            : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
