using System.Globalization;

namespace AlertHub.Picturing;

/// <summary>The values of an axis: round steps that hold all that is to be seen.</summary>
internal sealed record ValueScale
{
    /// <summary>Sums and differences of what is smaller are numbers yet.</summary>
    private const double Largest = 1e300;

    public required double Low { get; init; }

    public required double High { get; init; }

    public required double Step { get; init; }

    public IEnumerable<double> Ticks =>
        Enumerable.Range(0, (int)((High - Low) / Step + 1.5)).Select(i => Tidy(Low + i * Step));

    /// <summary>Where a value stands: 0 at the low end, 1 at the high one.</summary>
    public double Place(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    /// <summary>From zero where that is not far from the values.</summary>
    public static ValueScale Of(IEnumerable<double> values)
    {
        double[] all = [.. values.Where(double.IsFinite).Select(static v => Math.Clamp(v, -Largest, Largest))];
        var (low, high) = all.Length == 0 ? (0, 1) : (all.Min(), all.Max());
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        low = low >= 0 && low < high * 0.7 || low == high && low > 0 ? 0 : low;
        high = high <= 0 && high > low * 0.7 || low == high && high < 0 ? 0 : high;
        // What differs in its last digits only is drawn as a straight line.
        var span = Math.Max(high - low, Math.Max(size * 1e-6, double.Epsilon * 1e16));
        (low, high) = size == 0 ? (0, 1) : (low == 0 ? 0 : low - span * 0.04, high == 0 ? 0 : high + span * 0.04);
        var step = Round((high - low) / 5);
        (low, high) = (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
        return new()
        {
            Low = low,
            High = high > low ? high : low + step,
            Step = step,
        };
    }

    /// <summary>A value alone, to four digits: <c>1.235 MB</c>.</summary>
    public static string Text(double value, string? unit) =>
        Text(value, Math.Abs(value), Power(Math.Abs(value) / 1000), unit);

    /// <summary>A value of this axis: <c>1.5k</c>, with the other ticks' prefix and as many digits.</summary>
    public string Label(double value, string? unit) => Text(value, Math.Max(Math.Abs(Low), Math.Abs(High)), Step, unit);

    /// <summary>1, 2, 2.5 or 5 times a power of ten, at least <paramref name="step"/>.</summary>
    private static double Round(double step)
    {
        var power = Power(step);
        return step <= power ? power
            : step <= power * 2 ? power * 2
            : step <= power * 2.5 ? power * 2.5
            : step <= power * 5 ? power * 5
            : Tidy(power * 10);
    }

    /// <summary>The greatest power of ten that is not above a number, as far as there are some so small.</summary>
    private static double Power(double number)
    {
        var power = 1e-300;
        while (power * 10 <= number)
        {
            power *= 10;
        }

        return Tidy(power);
    }

    /// <summary>Without what rounding left: 0.3, not 0.30000000000000004.</summary>
    private static double Tidy(double value) =>
        double.Parse(value.ToString("E11", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Text(double value, double largest, double step, string? unit)
    {
        if (value == 0)
        {
            return unit == "Percent" ? "0%" : "0";
        }

        var (symbol, isPrefixed) = Symbol(unit);
        (double Factor, string Name) prefix =
            largest >= 1e18 || largest is > 0 and < 1e-9 ? (0, "")
            : largest >= 1e15 ? (1e15, "P")
            : largest >= 1e12 ? (1e12, "T")
            : largest >= 1e9 ? (1e9, "G")
            : largest >= 1e6 ? (1e6, "M")
            : largest >= (isPrefixed ? 1e3 : 1e4) ? (1e3, "k")
            : largest is 0 or >= 1e-3 ? (1, "")
            : largest >= 1e-6 ? (1e-6, "µ")
            : (1e-9, "n");
        if (prefix.Factor == 0)
        {
            return value.ToString("0.##e+0", CultureInfo.InvariantCulture)
                + (symbol.Length > 1 || isPrefixed ? " " : "")
                + symbol;
        }

        var digits = 0;
        for (var part = step / prefix.Factor; digits < 9 && Math.Abs(part - Math.Round(part)) > 1e-6 * part; digits++)
        {
            part *= 10;
        }

        var number = (value / prefix.Factor).ToString("0." + new string('#', digits), CultureInfo.InvariantCulture);
        number = number == "-0" ? "0" : number;
        return isPrefixed || symbol.Length > 0 && symbol[0] is not ('%' or '/')
            ? $"{number}{(isPrefixed ? "" : prefix.Name)} {(isPrefixed ? prefix.Name : "")}{symbol}"
            : $"{number}{prefix.Name}{symbol}";
    }

    /// <summary>What is written for a unit of CloudWatch, and whether a prefix belongs to it.</summary>
    private static (string Symbol, bool IsPrefixed) Symbol(string? unit)
    {
        var each = unit?.EndsWith("/Second", StringComparison.Ordinal) == true ? "/s" : "";
        return unit?[..^(each.Length == 0 ? 0 : "/Second".Length)] switch
        {
            "Percent" => ("%" + each, false),
            "Bytes" => ("B" + each, true),
            "Bits" => ("bit" + each, true),
            "Seconds" => ("s" + each, false),
            "Milliseconds" => ("ms" + each, false),
            "Microseconds" => ("µs" + each, false),
            { Length: > 5 } named when named.EndsWith("bytes", StringComparison.Ordinal) => (
                $"{named[0]}B" + each,
                false
            ),
            { Length: > 4 } named when named.EndsWith("bits", StringComparison.Ordinal) => (
                $"{named[0]}bit" + each,
                false
            ),
            _ => (each, false),
        };
    }
}
