using AlertHub.Templates.Values;

namespace AlertHub.Templates.Evaluation;

/// <summary>What counts as true: all but nil, false, zero and what is empty.</summary>
internal static class Truth
{
    public static bool Of(object? value) =>
        value switch
        {
            null => false,
            bool truth => truth,
            string text => text.Length > 0,
            long number => number != 0,
            double number => number != 0,
            ListValue list => list.Count > 0,
            MapValue map => map.Keys.Count > 0,
            NamedText text => text.Value.Length > 0,
            IntegerValue number => number.Number != 0,
            _ => true,
        };
}
