using System.Collections.Frozen;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Values;
using AlertHub.Text;

namespace AlertHub.Templates.Times;

/// <summary>time.Duration: nanoseconds that print as <c>1h30m0s</c>.</summary>
internal sealed class DurationValue(long nanoseconds) : IntegerValue(DurationType, nanoseconds)
{
    public static GoType DurationType { get; } = GoType.Named("time.Duration", GoKind.Signed);

    private static readonly FrozenDictionary<string, TemplateFunction> Methods = new TemplateFunction[]
    {
        new("Hours", [], static (in call) => Of(call) / 3.6e12),
        new("Minutes", [], static (in call) => Of(call) / 6e10),
        new("Seconds", [], static (in call) => Of(call) / 1e9),
        new("Milliseconds", [], static (in call) => Int64(Of(call) / 1_000_000)),
        new("Microseconds", [], static (in call) => Int64(Of(call) / 1_000)),
        new("Nanoseconds", [], static (in call) => Int64(Of(call))),
        new(
            "Abs",
            [],
            static (in call) => new DurationValue(Of(call) < 0 ? -Math.Max(Of(call), -long.MaxValue) : Of(call))
        ),
        new("Round", [DurationType], static (in call) => new DurationValue(Round(Of(call), call.Integer(0)))),
        new(
            "Truncate",
            [DurationType],
            static (in call) =>
                new DurationValue(call.Integer(0) <= 0 ? Of(call) : Of(call) - Of(call) % call.Integer(0))
        ),
        new("String", [], static (in call) => GoDuration.PrintNanoseconds(Of(call))),
    }.ToFrozenDictionary(static method => method.Name);

    public override string Text => GoDuration.PrintNanoseconds(Number);

    public override TemplateFunction? Method(string name) => Methods.GetValueOrDefault(name);

    private static long Of(in TemplateCall call) => call.Receiver is DurationValue { Number: var number } ? number : 0;

    private static IntegerValue Int64(long number) => new(GoType.Int64, number);

    /// <summary>To the nearest multiple; halves away from zero; the last duration where the next is too large.</summary>
    private static long Round(long nanoseconds, long multiple)
    {
        if (multiple <= 0)
        {
            return nanoseconds;
        }

        var rest = (Int128)nanoseconds % multiple;
        var rounded =
            Int128.Abs(rest) * 2 < multiple ? nanoseconds - rest
            : nanoseconds < 0 ? nanoseconds - rest - multiple
            : nanoseconds - rest + multiple;
        return (long)Int128.Clamp(rounded, long.MinValue, long.MaxValue);
    }
}
