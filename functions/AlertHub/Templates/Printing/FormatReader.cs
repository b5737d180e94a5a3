using System.Globalization;
using System.Text;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Printing;

/// <summary>Walks through a format and its arguments, as Go's Sprintf does; what is wrong with them it writes into the text.</summary>
internal ref struct FormatReader(string format, ReadOnlySpan<object?> values, StringBuilder output, Printer printer)
{
    /// <summary>Go takes no larger widths, precisions and argument numbers.</summary>
    private const int Largest = 1_000_000;

    private readonly ReadOnlySpan<object?> values = values;
    private int at;
    private int argument;
    private bool isReordered;
    private bool isGoodArgument;
    private bool isAfterIndex;
    private Flags flags;

    public void Run()
    {
        while (at < format.Length && printer.HasRoom())
        {
            var percent = format.IndexOf('%', at);
            var end = percent < 0 ? format.Length : percent;
            output.Append(format, at, end - at);
            at = end + 1;
            if (percent >= 0)
            {
                Verb();
            }
        }

        if (!isReordered && argument < values.Length)
        {
            Extra();
        }
    }

    private void Verb()
    {
        (isGoodArgument, isAfterIndex, flags) = (true, false, default);
        ReadFlags();
        ReadIndex();
        ReadWidth();
        ReadPrecision();
        if (!isAfterIndex)
        {
            ReadIndex();
        }

        if (at >= format.Length)
        {
            output.Append("%!(NOVERB)");
            return;
        }

        Rune.DecodeFromUtf16(format.AsSpan(at), out _, out var units);
        var verb = format.Substring(at, units);
        at += units;
        if (verb == "%")
        {
            output.Append('%');
        }
        else if (!isGoodArgument)
        {
            output.Append("%!").Append(verb).Append("(BADINDEX)");
        }
        else if (argument >= values.Length)
        {
            output.Append("%!").Append(verb).Append("(MISSING)");
        }
        else
        {
            if (verb == "v")
            {
                (flags.SharpV, flags.Sharp) = (flags.Sharp, false);
                (flags.PlusV, flags.Plus) = (flags.Plus, false);
            }

            printer.Value(values[argument++], flags, verb);
        }
    }

    private void ReadFlags()
    {
        for (; at < format.Length; at++)
        {
            switch (format[at])
            {
                case '#':
                    flags.Sharp = true;
                    break;
                case '0':
                    flags.Zero = !flags.Minus;
                    break;
                case '+':
                    flags.Plus = true;
                    break;
                case '-':
                    (flags.Minus, flags.Zero) = (true, false);
                    break;
                case ' ':
                    flags.Space = true;
                    break;
                default:
                    return;
            }
        }
    }

    /// <summary><c>[3]</c>: the next argument is the third.</summary>
    private void ReadIndex()
    {
        isAfterIndex = false;
        if (at >= format.Length || format[at] != '[')
        {
            return;
        }

        isReordered = true;
        var close = format.IndexOf(']', at);
        if (close < 0 || format.Length - at < 3)
        {
            isGoodArgument = false;
            at++;
            return;
        }

        var end = at + 1;
        var number = ReadNumber(ref end, close);
        at = close + 1;
        isAfterIndex = number is not null && end == close;
        if (isAfterIndex && number >= 1 && number <= values.Length)
        {
            argument = number.Value - 1;
        }
        else
        {
            isGoodArgument = false;
        }
    }

    private void ReadWidth()
    {
        if (at < format.Length && format[at] == '*')
        {
            at++;
            flags.Width = FromArgument();
            if (flags.Width is null)
            {
                output.Append("%!(BADWIDTH)");
            }
            else if (flags.Width < 0)
            {
                (flags.Width, flags.Minus, flags.Zero) = (-flags.Width, true, false);
            }

            isAfterIndex = false;
            return;
        }

        flags.Width = ReadNumber(ref at, format.Length);
        isGoodArgument &= !(isAfterIndex && flags.Width is not null);
    }

    private void ReadPrecision()
    {
        if (at + 1 >= format.Length || format[at] != '.')
        {
            return;
        }

        at++;
        isGoodArgument &= !isAfterIndex;
        ReadIndex();
        if (at < format.Length && format[at] == '*')
        {
            at++;
            flags.Precision = FromArgument() is { } given and >= 0 ? given : null;
            if (flags.Precision is null)
            {
                output.Append("%!(BADPREC)");
            }

            isAfterIndex = false;
            return;
        }

        flags.Precision = ReadNumber(ref at, format.Length) ?? 0;
    }

    /// <summary>Digits up to an end; null where there are none. One that is too large eats all up to the end.</summary>
    private readonly int? ReadNumber(ref int from, int end)
    {
        int? number = null;
        for (; from < end && char.IsAsciiDigit(format[from]); from++)
        {
            if (number > Largest)
            {
                from = end;
                return null;
            }

            number = ((number ?? 0) * 10) + (format[from] - '0');
        }

        return number;
    }

    private int? FromArgument()
    {
        if (argument >= values.Length)
        {
            return null;
        }

        var value = values[argument++] switch
        {
            long number => number,
            IntegerValue number => number.Number,
            _ => (long?)null,
        };
        return value is >= -Largest and <= Largest ? (int)value : null;
    }

    private readonly void Extra()
    {
        output.Append("%!(EXTRA ");
        for (var i = argument; i < values.Length && printer.HasRoom(); i++)
        {
            output.Append(i > argument ? ", " : "");
            if (values[i] is { } value)
            {
                output.Append(CultureInfo.InvariantCulture, $"{Printer.TypeName(value)}=");
                printer.Plain(value);
            }
            else
            {
                output.Append("<nil>");
            }
        }

        output.Append(')');
    }
}
