using System.Globalization;
using System.Text;
using AlertHub.Configuration;

namespace AlertHub.Tests.Configuration;

/// <summary>Secrets are a type that prints as <c>&lt;secret&gt;</c> (invariant 6).</summary>
public sealed class SecretPrinting
{
    private const string Value = "xyz0value";

    private static readonly Secret Secret = new(Value);

    private static readonly string[] Printed =
    [
        Secret.ToString(),
        $"{Secret}",
        string.Create(CultureInfo.InvariantCulture, $"{Secret, 20}"),
        string.Format(null, "{0}", Secret),
        string.Concat("a", Secret),
        string.Join(",", Secret, Secret),
        new StringBuilder().Append(Secret).ToString(),
        $"{new Settings("slack", Secret)}",
        $"{new SecretReference.Literal(Secret)}",
        $"{new SecretUnavailableException($"{Secret}", new InvalidOperationException($"{Secret}"))}",
    ];

    [Fact]
    public void A_secret_prints_as_one() =>
        Assert.All(
            Printed,
            printed =>
            {
                Assert.DoesNotContain(Value, printed, StringComparison.Ordinal);
                Assert.Contains("<secret>", printed, StringComparison.Ordinal);
            }
        );

    /// <summary>What a serialiser, a debugger or an object dumper would look at.</summary>
    [Fact]
    public void A_secret_has_no_member_that_shows_it()
    {
        Assert.Empty(typeof(Secret).GetProperties());
        Assert.Empty(typeof(Secret).GetFields());
        Assert.DoesNotContain(Value, System.Text.Json.JsonSerializer.Serialize(Secret), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Value,
            System.Text.Json.JsonSerializer.Serialize(new Settings("slack", Secret)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Equal_secrets_are_equal()
    {
        Assert.Equal(new Secret("a"), new Secret("a"));
        Assert.Equal(new Secret("a").GetHashCode(), new Secret("a").GetHashCode());
        Assert.NotEqual(new Secret("a"), new Secret("b"));
        Assert.False(new Secret("a").Equals(null));
    }

    private sealed record Settings(string Name, Secret Webhook);
}
