using AlertHub.Channels.Secrets;
using AlertHub.Configuration;

namespace AlertHub.Tests.Channels.Secrets;

/// <summary>Every kind of reference through the one source a host has; parameters from a store in memory.</summary>
public sealed class SecretsOfAllKinds : SecretSourceContract
{
    private readonly Store store = new();

    protected override ISecretSource Source => new SecretSources(new LocalSecretSource(_ => "local"), store);

    protected override SecretReference Reference { get; } = new SecretReference.Parameter("/alerthub/slack");

    protected override SecretReference Missing { get; } = new SecretReference.Parameter("/alerthub/none");

    protected override void Keep(string secret) => store.Kept = secret;

    [Fact]
    public async Task Each_kind_comes_from_its_own_place()
    {
        Keep(Value);

        Assert.Equal(
            [new("local"), new("x"), new(Value)],
            [
                await Source.GetAsync(SecretReference.Parse("env:ANY"), false, CancellationToken.None),
                await Source.GetAsync(SecretReference.Parse("x"), false, CancellationToken.None),
                await Source.GetAsync(Reference, false, CancellationToken.None),
            ]
        );
    }

    private sealed class Store : ISecretSource
    {
        public string? Kept { get; set; }

        public ValueTask<Secret> GetAsync(
            SecretReference reference,
            bool refresh,
            CancellationToken cancellationToken
        ) =>
            reference is SecretReference.Parameter { Name: "/alerthub/slack" } && Kept?.Trim() is { Length: > 0 } value
                ? ValueTask.FromResult(new Secret(value))
                : ValueTask.FromException<Secret>(new SecretUnavailableException($"{reference}: create the parameter"));
    }
}
