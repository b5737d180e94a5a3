using AlertHub.Templates.Printing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Functions;

/// <summary><c>len</c>, <c>index</c> and <c>slice</c>. Strings are counted in bytes, as Go does.</summary>
internal static class Indexing
{
    public static object Length(object? value) =>
        value switch
        {
            string text => (long)Utf8.Length(text),
            NamedText text => (long)Utf8.Length(text.Value),
            ListValue list => (long)list.Count,
            MapValue map => (long)map.Keys.Count,
            null => new CallError("nil has no length"),
            _ => new CallError($"a value of type {Printer.TypeName(value)} has no length"),
        };

    public static object? Index(ReadOnlySpan<object?> arguments)
    {
        var item = arguments[0];
        if (item is null)
        {
            return new CallError("nil has no elements");
        }

        foreach (var index in arguments[1..])
        {
            item = item switch
            {
                null => new CallError("nil has no elements"),
                string text => ByteAt(text, index),
                NamedText text => ByteAt(text.Value, index),
                ListValue list => Position(index, list.Count - 1, out var at) ?? list.Items[at],
                MapValue map when index is string key => map.TryGet(key, out var value) ? value : map.Missing,
                MapValue => new CallError($"a map's key is a string, not {Name(index)}"),
                _ => new CallError($"a value of type {Printer.TypeName(item)} has no elements"),
            };
            if (item is CallError)
            {
                return item;
            }
        }

        return item;
    }

    public static object Slice(ReadOnlySpan<object?> arguments)
    {
        var item = arguments[0];
        var indexes = arguments[1..];
        if (indexes.Length > 3)
        {
            return new CallError($"a slice has at most 3 indexes, not {indexes.Length}");
        }

        if (item is not (string or NamedText or ListValue))
        {
            return new CallError(
                item is null ? "nil has no parts" : $"a value of type {Printer.TypeName(item)} has no parts"
            );
        }

        if (item is not ListValue && indexes.Length == 3)
        {
            return new CallError("a string has no third slice index");
        }

        var length = (int)(long)Length(item);
        Span<int> bounds = [0, length, length];
        for (var i = 0; i < indexes.Length; i++)
        {
            if (Position(indexes[i], length, out bounds[i]) is { } error)
            {
                return error;
            }
        }

        if (bounds[0] > bounds[1] || bounds[1] > bounds[2])
        {
            return new CallError($"the slice from {bounds[0]} to {bounds[1]} ends before it begins");
        }

        return item switch
        {
            string text => Part(text, bounds[0], bounds[1]),
            NamedText text => new NamedText(text.Type, Part(text.Value, bounds[0], bounds[1])),
            _ => ((ListValue)item).Slice(bounds[0], bounds[1]),
        };
    }

    private static string Part(string text, int start, int end) =>
        System.Text.Ascii.IsValid(text) ? text[start..end] : Utf8.Text(Utf8.Bytes(text).AsSpan(start, end - start));

    private static object ByteAt(string text, object? index)
    {
        var bytes = Utf8.Bytes(text);
        return Position(index, bytes.Length - 1, out var at) ?? (object)new IntegerValue(GoType.Uint8, bytes[at]);
    }

    private static CallError? Position(object? index, int last, out int position)
    {
        position = 0;
        long? number = index switch
        {
            long plain => plain,
            IntegerValue typed => typed.Number,
            _ => null,
        };
        if (number is null)
        {
            return new($"an index is a number, not {Name(index)}");
        }

        if (number < 0 || number > last)
        {
            return new($"the index {number} is out of range");
        }

        position = (int)number;
        return null;
    }

    private static string Name(object? value) => value is null ? "nil" : Printer.TypeName(value);
}
