using Amazon.Lambda.Core;

namespace AlertHub.Aws;

/// <summary>When an invocation has to have ended.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>What is kept for reporting before Lambda ends the environment.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    /// <summary>Lambda's own limit.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly ILambdaContext context;
    private readonly CancellationTokenSource source;

    public Deadline(ILambdaContext context, TimeProvider time)
    {
        this.context = context;
        source = new(Left, time);
    }

    /// <summary>What the invocation has left for work; at most Lambda's longest, whatever the clock says.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = context.RemainingTime - Margin;
            return left < TimeSpan.Zero ? TimeSpan.Zero
                : left > Longest ? Longest
                : left;
        }
    }

    public CancellationToken Token => source.Token;

    public void Dispose() => source.Dispose();
}
