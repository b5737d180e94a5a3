namespace AlertHub.Text.RegularExpressions;

/// <summary>What begins or ends with a parenthesis: groups, their names, and flags.</summary>
internal sealed partial class PatternParser
{
    private void Open()
    {
        var start = at++;
        if (at >= text.Length || text[at] != '?')
        {
            frames.Push(new(flags, ++groups));
            return;
        }

        switch (text.AsSpan(at))
        {
            case ['?', 'P', '<', ..]:
                Name(start, at + 3);
                break;
            case ['?', '<', not ('=' or '!'), ..]:
                Name(start, at + 2);
                break;
            default:
                ReadFlags(start);
                break;
        }
    }

    private void Name(int start, int from)
    {
        var end = text.IndexOf('>', from);
        var name = end < 0 ? "" : text[from..end];
        if (name.Length == 0 || !name.All(static c => c == '_' || char.IsAsciiLetterOrDigit(c)))
        {
            Refuse("a group's name is letters, digits and _ between < and >", start, end < 0 ? text.Length : end + 1);
            return;
        }

        at = end + 1;
        frames.Push(new(flags, ++groups));
        names.Add((name, groups));
    }

    /// <summary><c>(?i)</c> to the end of the group, <c>(?i:...)</c> for its own group, <c>(?-i)</c> to end it.</summary>
    private void ReadFlags(int start)
    {
        var (result, off, any) = (flags, false, false);
        for (at++; at < text.Length; at++)
        {
            var flag = text[at] switch
            {
                'i' => Flags.FoldCase,
                'm' => Flags.MultiLine,
                's' => Flags.DotTakesNewLine,
                'U' => Flags.Lazy,
                _ => Flags.None,
            };
            if (flag != Flags.None)
            {
                any = true;
                result = off ? result & ~flag : result | flag;
            }
            else if (text[at] == '-' && !off)
            {
                (off, any) = (true, false);
            }
            else if (text[at] is ':' or ')' && (any || !off))
            {
                if (text[at] == ':')
                {
                    frames.Push(new(flags, null));
                }

                flags = result;
                at++;
                return;
            }
            else
            {
                break;
            }
        }

        Refuse(
            "(? begins a group (?:...), a name (?P<name>...) or flags of i, m, s, U; look-around is not in RE2",
            start,
            at + 1
        );
    }

    private void End()
    {
        at++;
        if (frames.Count == 1)
        {
            Refuse("\")\" closes nothing", at - 1, at);
            return;
        }

        var frame = frames.Pop();
        var node = Close(frame);
        flags = frame.Before;
        Push(frame.Group is { } index ? new Node.Group(node, index) : node);
    }
}
