using AlertHub.Configuration;

namespace AlertHub.Tests.Channels.Secrets;

/// <summary>What holds for every place that keeps secrets. A new one is a subclass.</summary>
public abstract class SecretSourceContract
{
    private protected const string Value = "xyz0value";
    private protected const string Changed = "xyz0changed";

    protected abstract ISecretSource Source { get; }

    /// <summary>A reference to a secret that <see cref="Keep"/> puts there.</summary>
    protected abstract SecretReference Reference { get; }

    protected abstract SecretReference Missing { get; }

    /// <summary>Puts a secret where <see cref="Reference"/> points.</summary>
    protected abstract void Keep(string secret);

    [Fact]
    public async Task It_gives_the_secret_that_is_kept()
    {
        Keep(Value);

        Assert.Equal(new Secret(Value), await Source.GetAsync(Reference, refresh: false, CancellationToken.None));
    }

    [Theory]
    [InlineData(Value + "\n")]
    [InlineData("  " + Value + "\r\n")]
    public async Task White_space_around_a_secret_is_not_part_of_it(string kept)
    {
        Keep(kept);

        Assert.Equal(new Secret(Value), await Source.GetAsync(Reference, refresh: false, CancellationToken.None));
    }

    [Fact]
    public async Task Asked_to_refresh_it_gives_the_present_one()
    {
        Keep(Value);
        await Source.GetAsync(Reference, refresh: false, CancellationToken.None);
        Keep(Changed);

        Assert.Equal(new Secret(Changed), await Source.GetAsync(Reference, refresh: true, CancellationToken.None));
        Assert.Equal(new Secret(Changed), await Source.GetAsync(Reference, refresh: false, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_its_name_and_a_remedy()
    {
        var problem = await Assert.ThrowsAsync<SecretUnavailableException>(async () =>
            await Source.GetAsync(Missing, refresh: false, CancellationToken.None)
        );

        Assert.Contains($"{Missing}", problem.Message, StringComparison.Ordinal);
        Assert.Matches("check|set|write|store|create|name another", problem.Message);
        Assert.DoesNotContain("\n", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task An_empty_secret_is_not_there(string kept)
    {
        Keep(kept);

        await Assert.ThrowsAsync<SecretUnavailableException>(async () =>
            await Source.GetAsync(Reference, refresh: false, CancellationToken.None)
        );
    }

    [Fact]
    public async Task It_serves_several_at_once()
    {
        Keep(Value);

        var secrets = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    Task.Run(async () => await Source.GetAsync(Reference, refresh: i % 2 == 0, CancellationToken.None))
                )
        );

        Assert.All(secrets, secret => Assert.Equal(new Secret(Value), secret));
    }
}
