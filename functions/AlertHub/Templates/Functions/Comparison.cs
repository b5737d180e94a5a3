using AlertHub.Templates.Printing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Functions;

/// <summary>
/// <c>eq</c>, <c>lt</c> and the like: a truth, or an error where Go would not compare the types. Integers of any size and
/// sign compare with each other, but not with floating point numbers.
/// </summary>
internal static class Comparison
{
    /// <summary>Whether the first is equal to one of the others.</summary>
    public static object EqualsAny(ReadOnlySpan<object?> values)
    {
        if (values.Length < 2)
        {
            return new CallError("there is nothing to compare with");
        }

        foreach (var other in values[1..])
        {
            var equal = AreEqual(values[0], other);
            if (equal is not false)
            {
                return equal;
            }
        }

        return false;
    }

    public static object IsLess(ReadOnlySpan<object?> values)
    {
        var (a, b) = (Basic(values[0]), Basic(values[1]));
        return (a, b) switch
        {
            (long x, long y) => x < y,
            (double x, double y) => x < y,
            (string x, string y) => Utf8.Compare(x, y) < 0,
            _ => a is null or bool || b is null or bool
                ? new CallError($"{Name(values[0])} and {Name(values[1])} have no order")
                : Mismatch(values[0], values[1]),
        };
    }

    public static object IsLessOrEqual(ReadOnlySpan<object?> values)
    {
        var less = IsLess(values);
        return less is false ? EqualsAny(values) : less;
    }

    private static object AreEqual(object? left, object? right)
    {
        var (a, b) = (Basic(left), Basic(right));
        return (a, b) switch
        {
            (long x, long y) => x == y,
            (double x, double y) => x == y,
            (string x, string y) => x == y,
            (bool x, bool y) => x == y,
            (null, null) => AreEqualParts(left, right),
            _ => left is null || right is null ? false : Mismatch(left, right),
        };
    }

    /// <summary>Of nil, lists, maps and structs.</summary>
    private static object AreEqualParts(object? left, object? right) =>
        (left, right) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            _ when GoType.Of(left).Kind != GoType.Of(right).Kind => Mismatch(left, right),
            (StructValue { IsPointer: true }, StructValue { IsPointer: true }) => ReferenceEquals(left, right),
            (StructValue, StructValue { IsComparable: true }) => left.Equals(right),
            _ => new CallError($"values of type {Name(right)} cannot be compared"),
        };

    private static CallError Mismatch(object? left, object? right) =>
        new($"{Name(left)} and {Name(right)} cannot be compared");

    /// <summary>As a CLR value; null of what is no bool, number or string.</summary>
    private static object? Basic(object? value) =>
        value switch
        {
            NamedText text => text.Value,
            IntegerValue number => number.Number,
            string or long or double or bool => value,
            _ => null,
        };

    private static string Name(object? value) => value is null ? "nil" : Printer.TypeName(value);
}
