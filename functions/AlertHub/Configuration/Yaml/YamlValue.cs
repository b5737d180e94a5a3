using System.Globalization;
using System.Numerics;

namespace AlertHub.Configuration.Yaml;

/// <summary>What a scalar means, by the rules that yaml.v2 keeps of YAML 1.1 and 1.2.</summary>
internal abstract record YamlValue
{
    private YamlValue() { }

    /// <summary>For a sentence: "found a number".</summary>
    public abstract string Kind { get; }

    public sealed record Null : YamlValue
    {
        public override string Kind => "nothing";
    }

    public sealed record Boolean(bool Value) : YamlValue
    {
        public override string Kind => "a boolean";
    }

    public sealed record Integer(BigInteger Value) : YamlValue
    {
        public override string Kind => "a number";
    }

    public sealed record Float(double Value) : YamlValue
    {
        public override string Kind => "a number";
    }

    public sealed record Text(string Value) : YamlValue
    {
        public override string Kind => "text";
    }

    /// <summary>The tag says one thing and the text another.</summary>
    public sealed record Contradiction(string Tag) : YamlValue
    {
        public override string Kind => "a contradiction";
    }

    public static YamlValue Of(YamlNode.Scalar scalar) =>
        scalar.Tag switch
        {
            null when !scalar.IsPlain => new Text(scalar.Text),
            null => OfPlain(scalar.Text),
            "!!str" or "!" => new Text(scalar.Text),
            "!!binary" => FromBase64(scalar.Text),
            var tag when tag.StartsWith("!!", StringComparison.Ordinal) => Tagged(tag, OfPlain(scalar.Text)),
            _ => new Text(scalar.Text),
        };

    private static YamlValue Tagged(string tag, YamlValue value) =>
        (tag, value) switch
        {
            ("!!null", Null) or ("!!bool", Boolean) or ("!!int", Integer) or ("!!float", Float) => value,
            ("!!float", Integer i) => new Float((double)i.Value),
            ("!!null" or "!!bool" or "!!int" or "!!float", _) => new Contradiction(tag),
            _ => value,
        };

    private static YamlValue OfPlain(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new Null(),
            "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => new Boolean(
                true
            ),
            "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" =>
                new Boolean(false),
            ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => new Float(double.PositiveInfinity),
            "-.inf" or "-.Inf" or "-.INF" => new Float(double.NegativeInfinity),
            ".nan" or ".NaN" or ".NAN" => new Float(double.NaN),
            ['+' or '-' or '.' or (>= '0' and <= '9'), ..] => Number(text.Replace("_", "")) ?? new Text(text),
            _ => new Text(text),
        };

    private static YamlValue? Number(string text)
    {
        var negative = text is ['-', ..];
        var digits = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
        BigInteger? whole = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => Digits(hex, 16),
            ['0', 'b' or 'B', .. var binary] => Digits(binary, 2),
            ['0', 'o' or 'O', .. var octal] => Digits(octal, 8),
            ['0', .. { Length: > 0 } octal] => Digits(octal, 8),
            _ => Digits(digits, 10),
        };
        if (whole is { } value && value <= ulong.MaxValue && (!negative || value <= -(BigInteger)long.MinValue))
        {
            return new Integer(negative ? -value : value);
        }

        return
            IsFloat(digits) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new Float(number)
            : null;
    }

    private static BigInteger? Digits(ReadOnlySpan<char> digits, int radix)
    {
        // Longer ones are no 64-bit number in any radix that yaml.v2 reads as one.
        if (digits.Length is 0 or > 80)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return null;
            }

            value = value * radix + digit;
        }

        return value;
    }

    /// <summary>Digits with a point, an exponent or both; .NET would take more.</summary>
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        var exponent = text.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        var power = exponent < 0 ? "0" : text[(exponent + 1)..];
        power = power is ['-' or '+', ..] ? power[1..] : power;
        return mantissa.ContainsAnyInRange('0', '9')
            && mantissa.IndexOfAnyExceptInRange('.', '9') < 0
            && !mantissa.Contains('/')
            && mantissa.Count('.') <= 1
            && power.Length > 0
            && !power.ContainsAnyExceptInRange('0', '9');
    }

    private static YamlValue FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? new Text(System.Text.Encoding.UTF8.GetString(bytes, 0, length))
            : new Contradiction("!!binary");
    }
}
