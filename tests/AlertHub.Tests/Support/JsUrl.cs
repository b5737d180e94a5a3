using System.Globalization;
using System.Text;

namespace AlertHub.Tests.Support;

/// <summary>
/// Reads JSURL (https://github.com/Sage/jsurl), the notation of the CloudWatch console's addresses, into what JSON
/// would be: strings, numbers, lists, maps.
/// </summary>
internal sealed class JsUrl(string text)
{
    private int at;

    public static object? Read(string text)
    {
        var reader = new JsUrl(text);
        var value = reader.Value();
        return reader.at == text.Length ? value : throw new FormatException($"more after {reader.at} in {text}");
    }

    private object? Value()
    {
        Expect('~');
        return text[at] switch
        {
            '\'' => Text(),
            '(' when at + 1 < text.Length && text[at + 1] is '~' => List(),
            '(' => Map(),
            _ => Plain() switch
            {
                "true" => true,
                "false" => false,
                "null" => null,
                var number => decimal.Parse(number, CultureInfo.InvariantCulture),
            },
        };
    }

    private List<object?> List()
    {
        Expect('(');
        var list = new List<object?>();
        while (text[at] != ')')
        {
            list.Add(Value());
        }

        Expect(')');
        return list;
    }

    private Dictionary<string, object?> Map()
    {
        Expect('(');
        var map = new Dictionary<string, object?>();
        while (text[at] != ')')
        {
            if (map.Count > 0)
            {
                Expect('~');
            }

            map.Add(Plain(), Value());
        }

        Expect(')');
        return map;
    }

    private string Text()
    {
        Expect('\'');
        return Plain();
    }

    private string Plain()
    {
        var plain = new StringBuilder();
        while (at < text.Length && text[at] is not ('~' or ')' or '('))
        {
            plain.Append(
                text[at] switch
                {
                    '*' when text[at + 1] == '*' => Escaped(2, 4),
                    '*' => Escaped(1, 2),
                    '!' => Skip('$'),
                    var c when char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' => Skip(c),
                    var c => throw new FormatException($"a bare {c} at {at} in {text}"),
                }
            );
        }

        return plain.ToString();
    }

    private char Escaped(int marks, int digits)
    {
        at += marks + digits;
        return (char)
            ushort.Parse(text.AsSpan(at - digits, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private char Skip(char shown)
    {
        at++;
        return shown;
    }

    private void Expect(char expected)
    {
        if (at >= text.Length || text[at++] != expected)
        {
            throw new FormatException($"no {expected} before {at} in {text}");
        }
    }
}
