namespace AlertHub.Sources.Aws.Spending;

/// <summary>The mail that tells of the free tier being used up or nearly so, once in a month for each product and limit.</summary>
internal static class FreeTierUsage
{
    private const string Title = "AWS Free Tier usage limit alerting via AWS Budgets";

    public static AwsKind Kind { get; } = AwsKind.OfText("freetier-usage", static (text, _) => Tell(text));

    private static AwsStory? Tell(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!Array.Exists(lines, static line => line.StartsWith(Title, StringComparison.Ordinal)))
        {
            return null;
        }

        var sentence = Array.Find(lines, static line => line.Contains("of the usage limit", StringComparison.Ordinal));
        var table = lines
            .SkipWhile(static line => !line.StartsWith("Product", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(static line => !line.StartsWith("To learn more", StringComparison.Ordinal));
        return new()
        {
            Name = "AWS free tier usage high",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            Summary = sentence ?? "The account nears, or has passed, a limit of the free tier",
            Description = string.Join('\n', table),
            Account = sentence
                ?.Split(' ')
                .FirstOrDefault(static word => word.Length == 12 && word.All(char.IsAsciiDigit)),
            Facts = [new("free_tier_url", "https://console.aws.amazon.com/billing/home#/freetier")],
        };
    }
}
