using AlertHub.Aws;

namespace FlowLogs.Functions;

/// <summary>How long a function may send: what is left then is put aside or told within what it has beyond.</summary>
internal static class SendingTime
{
    private static readonly TimeSpan MostKept = TimeSpan.FromSeconds(20);

    public static CancellationTokenSource Until(Deadline deadline, TimeProvider time)
    {
        var left = deadline.Left;
        return new(left - (left / 4 < MostKept ? left / 4 : MostKept), time);
    }
}
