using System.Globalization;
using System.Text;
using AlertHub.Templates.Times;
using AlertHub.Templates.Values;
using AlertHub.Text;

namespace AlertHub.Templates.Alertmanager;

/// <summary>
/// Values as encoding/json writes them: keys sorted, no spaces, and what is special to HTML escaped, so that it may stand
/// in a script.
/// </summary>
internal static class ValueJson
{
    private const int Deepest = 100;

    /// <summary>The text, or null and why the value has none.</summary>
    /// <param name="value">A list may hold one value many times, so that a small value has an endless text.</param>
    /// <param name="most">The most characters.</param>
    /// <param name="objection">Why there is no text.</param>
    public static string? Write(object? value, int most, out string? objection)
    {
        var text = new StringBuilder();
        objection = Append(text, value, 0, most);
        objection ??= text.Length > most ? TooLong(most) : null;
        return objection is null ? text.ToString() : null;
    }

    private static string TooLong(int most) => $"a JSON text has at most {most} characters";

    private static string? Append(StringBuilder text, object? value, int depth, int most)
    {
        if (text.Length > most)
        {
            return TooLong(most);
        }

        if (depth > Deepest)
        {
            return $"a value inside {Deepest} others is too deep for JSON";
        }

        switch (value)
        {
            case null:
                text.Append("null");
                return null;
            case bool truth:
                text.Append(truth ? "true" : "false");
                return null;
            case long number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                return null;
            case double number:
                return AppendFloat(text, number);
            case string plain:
                text.AppendJson(plain);
                return null;
            case NamedText named:
                text.AppendJson(named.Value);
                return null;
            case IntegerValue integer:
                text.Append(integer.Number.ToString(CultureInfo.InvariantCulture));
                return null;
            case TimeValue { Time: var time }:
                return AppendTime(text, time);
            case ListValue list:
                return AppendAll(text, '[', ']', list.Items.Select(static item => ((string?)null, item)), depth, most);
            case MapValue map:
                return AppendAll(
                    text,
                    '{',
                    '}',
                    map.Keys.Select(key => ((string?)key, map.TryGet(key, out var held) ? held : null)),
                    depth,
                    most
                );
            case RecordValue record:
                return AppendAll(
                    text,
                    '{',
                    '}',
                    record.Fields.Zip(
                        record.JsonNames,
                        (field, name) => ((string?)name, record.TryField(field, out var held) ? held : null)
                    ),
                    depth,
                    most
                );
            default:
                return $"a {(value is GoValue typed ? typed.Type : GoType.Of(value))} has no form in JSON";
        }
    }

    private static string? AppendAll(
        StringBuilder text,
        char open,
        char close,
        IEnumerable<(string? Name, object? Value)> items,
        int depth,
        int most
    )
    {
        text.Append(open);
        var isFirst = true;
        foreach (var (name, value) in items)
        {
            _ = isFirst ? text : text.Append(',');
            isFirst = false;
            if (name is not null)
            {
                text.AppendJson(name);
                text.Append(':');
            }

            if (Append(text, value, depth + 1, most) is { } objection)
            {
                return objection;
            }
        }

        text.Append(close);
        return null;
    }

    private static string? AppendFloat(StringBuilder text, double number)
    {
        if (!double.IsFinite(number))
        {
            return $"{number.ToString(CultureInfo.InvariantCulture)} has no form in JSON";
        }

        text.Append(PlainOrScientific(number));
        return null;
    }

    /// <summary>The fewest digits that mean the number; with an exponent where it is very large or small.</summary>
    private static string PlainOrScientific(double number)
    {
        var sign = double.IsNegative(number) ? "-" : "";
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? at : parts[0].Length;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        if (digits.Length == 0)
        {
            return sign + "0";
        }

        var exponent = point - zeros + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        if (exponent is < -5 or > 21)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent > 0 ? "+" : "-")}{Math.Abs(exponent - 1)}";
        }

        return exponent <= 0 ? $"{sign}0.{new string('0', -exponent)}{digits}"
            : digits.Length <= exponent ? sign + digits.PadRight(exponent, '0')
            : $"{sign}{digits[..exponent]}.{digits[exponent..]}";
    }

    private static string? AppendTime(StringBuilder text, GoTime time)
    {
        if (time.Civil.Year is < 0 or > 9999)
        {
            return $"the year {time.Civil.Year} has no form in JSON";
        }

        text.Append('"').Append(TimeLayout.Format(time, "2006-01-02T15:04:05.999999999Z07:00")).Append('"');
        return null;
    }
}
