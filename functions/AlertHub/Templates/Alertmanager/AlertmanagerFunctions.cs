using System.Buffers.Text;
using System.Text;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Times;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>What Alertmanager's templates can call beside Go's own functions.</summary>
internal static class AlertmanagerFunctions
{
    /// <summary>The functions, with a store of compiled expressions of their own.</summary>
    public static IEnumerable<TemplateFunction> Make()
    {
        var patterns = new Patterns();
        return
        [
            .. Texts,
            .. Times,
            .. Collections,
            new("match", [GoType.String, GoType.String], (in call) => Match(patterns, call)),
            new("reReplaceAll", [GoType.String, GoType.String, GoType.String], (in call) => ReplaceAll(patterns, call)),
        ];
    }

    private static readonly TemplateFunction[] Texts =
    [
        new("toUpper", [GoType.String], static (in call) => Cased(call.Text(0), Rune.ToUpperInvariant, 'ı', "I")),
        new("toLower", [GoType.String], static (in call) => Cased(call.Text(0), Rune.ToLowerInvariant, 'İ', "i")),
        new("title", [GoType.String], static (in call) => TitleCase.Of(call.Text(0))),
        new("trimSpace", [GoType.String], static (in call) => call.Text(0).Trim()),
        new("join", [GoType.String, GoType.Strings], static (in call) => Join(call)),
        new("safeHtml", [GoType.String], static (in call) => TypedText.Html(call.Text(0))),
        new("safeUrl", [GoType.String], static (in call) => TypedText.Url(call.Text(0))),
        new("urlUnescape", [GoType.String], static (in call) => Unescape(call.Text(0))),
        new("base64encode", [GoType.String], static (in call) => Encode(call.Text(0))),
        new("base64decode", [GoType.String], static (in call) => Decode(call.Text(0))),
        new("toJson", [GoType.Any], static (in call) => Json(call)),
        new("routeLabels", [], static (in call) => RouteLabels(call)) { Rest = GoType.String },
    ];

    private static readonly TemplateFunction[] Times =
    [
        new("now", [], static (in call) => new TimeValue(GoTime.Of(call.Environment.Now))),
        new(
            "date",
            [GoType.String, TimeValue.TimeType],
            static (in call) => TimeLayout.Format(Time(call, 1), call.Text(0))
        ),
        new("tz", [GoType.String, TimeValue.TimeType], static (in call) => InZone(call)),
        new(
            "since",
            [TimeValue.TimeType],
            static (in call) => new DurationValue(GoTime.Of(call.Environment.Now).Since(Time(call, 0)))
        ),
        new(
            "humanizeDuration",
            [GoType.Any],
            static (in call) =>
                HumanDuration.Of(call.Arguments[0], out var objection) ?? (object)new CallError(objection ?? "")
        ),
        new(
            "toDate",
            [GoType.String, GoType.String],
            static (in call) =>
                new TimeValue(TimeReader.Read(call.Text(0), call.Text(1), GoZone.Utc, out _) ?? GoTime.Zero)
        ),
        new(
            "mustToDate",
            [GoType.String, GoType.String],
            static (in call) =>
                TimeReader.Read(call.Text(0), call.Text(1), GoZone.Utc, out var objection) is { } time
                    ? new TimeValue(time)
                    : new CallError(objection ?? "")
        ),
    ];

    private static readonly TemplateFunction[] Collections =
    [
        new("stringSlice", [], static (in call) => new ListValue(GoType.Strings, call.Arguments.ToArray()))
        {
            Rest = GoType.String,
        },
        new("list", [], static (in call) => new ListValue(GoType.Anys, call.Arguments.ToArray())) { Rest = GoType.Any },
        new(
            "append",
            [GoType.Anys],
            static (in call) => new ListValue(GoType.Anys, [.. call.List(0), .. call.Arguments[1..]])
        )
        {
            Rest = GoType.Any,
        },
        new("dict", [], static (in call) => Dictionary(call.Arguments)) { Rest = GoType.Any },
    ];

    private static GoTime Time(in TemplateCall call, int index) =>
        call.Arguments[index] is TimeValue { Time: var time } ? time : GoTime.Zero;

    private static object Within(in TemplateCall call, string text) =>
        text.Length <= call.Limits.Characters ? text : TooLong(call, text.Length);

    private static CallError TooLong(in TemplateCall call, long length) =>
        new($"the text would have {length} characters; at most {call.Limits.Characters} may be made");

    private static object Join(in TemplateCall call)
    {
        var (separator, parts) = (call.Text(0), call.List(1));
        var length =
            ((long)separator.Length * Math.Max(0, parts.Count - 1))
            + parts.Sum(part => (long)((string?)part ?? "").Length);
        return length <= call.Limits.Characters ? string.Join(separator, parts) : TooLong(call, length);
    }

    /// <summary>Letter by letter, as Go does; .NET leaves one Turkish letter each as it is.</summary>
    private static string Cased(string text, Func<Rune, Rune> change, char special, string instead)
    {
        var cased = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value == special ? cased.Append(instead) : cased.Append(change(rune).ToString());
        }

        return cased.ToString();
    }

    private static object Match(Patterns patterns, in TemplateCall call) =>
        patterns.Find(call.Text(0), call.Spend, out var objection) is { } pattern
        && call.Spend(pattern.Cost(call.Text(1).Length))
            ? pattern.IsMatch(call.Text(1))
            : new CallError(objection ?? "");

    private static object ReplaceAll(Patterns patterns, in TemplateCall call)
    {
        if (patterns.Find(call.Text(0), call.Spend, out var objection) is not { } pattern)
        {
            return new CallError(objection ?? "");
        }

        var spend = call.Spend;
        return pattern.ReplaceAll(call.Text(2), call.Text(1), call.Limits.Characters, read => spend(pattern.Cost(read)))
            ?? (object)new CallError($"the text would have more than {call.Limits.Characters} characters");
    }

    private static object InZone(in TemplateCall call) =>
        GoZone.Find(call.Text(0)) is { } zone
            ? new TimeValue(Time(call, 1).In(zone))
            : new CallError($"there is no time zone \"{call.Text(0)}\"; write one such as Europe/Paris");

    private static object Json(in TemplateCall call) =>
        ValueJson.Write(call.Arguments[0], call.Limits.Characters, out var objection) is { } json
            ? json
            : new CallError(objection ?? "");

    /// <summary>One of the route's labels by its name, or all of them.</summary>
    private static object RouteLabels(in TemplateCall call) =>
        call.Arguments.Length == 0
            ? new KeyValues(call.Environment.RouteLabels)
            : call.Environment.RouteLabels[call.Text(0)] ?? "";

    /// <summary>What a query's part says: a plus is a space.</summary>
    private static object Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        var escaped = Utf8.Bytes(text);
        for (var i = 0; i < escaped.Length; i++)
        {
            switch (escaped[i])
            {
                case (byte)'+':
                    bytes.Add((byte)' ');
                    break;
                case (byte)'%'
                    when i + 2 < escaped.Length
                        && char.IsAsciiHexDigit((char)escaped[i + 1])
                        && char.IsAsciiHexDigit((char)escaped[i + 2]):
                    bytes.Add((byte)((Digit(escaped[i + 1]) << 4) | Digit(escaped[i + 2])));
                    i += 2;
                    break;
                case (byte)'%':
                    return new CallError($"\"{text}\" has a % that no two hexadecimal digits follow");
                case var other:
                    bytes.Add(other);
                    break;
            }
        }

        return Utf8.Text([.. bytes]);

        static int Digit(byte c) => char.IsAsciiDigit((char)c) ? c - '0' : (c | 0x20) - 'a' + 10;
    }

    /// <summary>The alphabet of addresses, with padding.</summary>
    private static string Encode(string text)
    {
        var encoded = Base64Url.EncodeToString(Utf8.Bytes(text));
        return encoded.PadRight((encoded.Length + 3) / 4 * 4, '=');
    }

    private static object Decode(string text)
    {
        var plain = text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        return plain.Length % 4 == 0 && !plain.Any(char.IsWhiteSpace) && Base64Url.IsValid(plain)
            ? Utf8.Text(Base64Url.DecodeFromChars(plain))
            : new CallError($"\"{text}\" is not base64 in the alphabet of addresses (- and _, padded with =)");
    }

    private static object Dictionary(ReadOnlySpan<object?> arguments)
    {
        if (arguments.Length % 2 != 0)
        {
            return new CallError("the last key has no value: dict takes keys and values in turn");
        }

        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i] is not string key)
            {
                return new CallError($"key {i / 2 + 1} is not a string");
            }

            entries[key] = arguments[i + 1];
        }

        return new AnyMap(entries);
    }
}
