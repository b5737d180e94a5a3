using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Messages with arguments: <c>{name}</c>, <c>{name:format}</c> or <c>{0}</c>; <c>{{</c> is a brace. Names take the
/// arguments in order; what has no argument stays as it is.
/// </summary>
internal static class LogTemplate
{
    public static string Render(string template, object?[] args)
    {
        if (args.Length == 0)
        {
            return template;
        }

        var text = new StringBuilder(template.Length + 16 * args.Length);
        foreach (var (part, hole, argument) in Parts(template, args))
        {
            if (!hole)
            {
                text.Append(part);
            }
            else if (argument < args.Length)
            {
                var colon = part.IndexOf(':', StringComparison.Ordinal);
                text.Append(Format(args[argument], colon < 0 ? null : part[(colon + 1)..]));
            }
            else
            {
                text.Append('{').Append(part).Append('}');
            }
        }

        return text.ToString();
    }

    /// <summary>Each named argument under its name, numbers and truth values as such.</summary>
    public static void WriteArguments(Utf8JsonWriter writer, string template, object?[] args)
    {
        if (args.Length == 0)
        {
            return;
        }

        foreach (var (part, hole, argument) in Parts(template, args))
        {
            if (!hole || argument >= args.Length || args[argument] is not { } value)
            {
                continue;
            }

            var colon = part.IndexOf(':', StringComparison.Ordinal);
            writer.WritePropertyName(colon < 0 ? part : part[..colon]);
            switch (value)
            {
                case bool truth:
                    writer.WriteBooleanValue(truth);
                    break;
                case int number:
                    writer.WriteNumberValue(number);
                    break;
                case long number:
                    writer.WriteNumberValue(number);
                    break;
                case double number when double.IsFinite(number):
                    writer.WriteNumberValue(number);
                    break;
                case decimal number:
                    writer.WriteNumberValue(number);
                    break;
                default:
                    writer.WriteStringValue(Format(value, colon < 0 ? null : part[(colon + 1)..]));
                    break;
            }
        }
    }

    private static string Format(object? value, string? format) =>
        value switch
        {
            null => "null",
            string text => text,
            DateTime or DateTimeOffset when format is null => ((IFormattable)value).ToString(
                "o",
                CultureInfo.InvariantCulture
            ),
            IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>The template's pieces: text, or a hole with the index of its argument.</summary>
    private static List<(string Part, bool Hole, int Argument)> Parts(string template, object?[] args)
    {
        List<(string, bool, int)> parts = [];
        var text = new StringBuilder();
        var named = 0;
        for (var at = 0; at < template.Length; at++)
        {
            var current = template[at];
            if (current is '{' or '}' && at + 1 < template.Length && template[at + 1] == current)
            {
                text.Append(current);
                at++;
                continue;
            }

            var end = current == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0)
            {
                text.Append(current);
                continue;
            }

            parts.Add((text.ToString(), false, 0));
            text.Clear();
            var part = template[(at + 1)..end];
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var positional = int.TryParse(
                colon < 0 ? part : part[..colon],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var position
            );
            parts.Add((part, true, positional ? position : Math.Min(named++, args.Length)));
            at = end;
        }

        parts.Add((text.ToString(), false, 0));
        return parts;
    }
}
