namespace Amazon.AwsJson;

/// <summary>
/// The retry quota of the SDKs' standard mode: a service that fails for long is asked once, not three times. Numbers
/// from https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html.
/// </summary>
internal sealed class RetryQuota
{
    public const int RetryCost = 5;
    public const int TimeoutCost = 10;
    private const int Capacity = 500;

    private readonly Lock changing = new();
    private int left = Capacity;

    public bool TryTake(int cost)
    {
        lock (changing)
        {
            if (left < cost)
            {
                return false;
            }

            left -= cost;
            return true;
        }
    }

    /// <param name="cost">Of the retry that succeeded; 0 for a first try, which earns one.</param>
    public void Return(int cost)
    {
        lock (changing)
        {
            left = Math.Min(Capacity, left + Math.Max(cost, 1));
        }
    }
}
