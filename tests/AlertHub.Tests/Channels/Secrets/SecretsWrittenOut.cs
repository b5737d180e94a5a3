using AlertHub.Channels.Secrets;
using AlertHub.Configuration;

namespace AlertHub.Tests.Channels.Secrets;

public sealed class SecretsWrittenOut
{
    [Fact]
    public async Task A_literal_is_its_own_secret() =>
        Assert.Equal(
            new Secret("x"),
            await new LocalSecretSource(_ => null).GetAsync(
                new SecretReference.Literal(new Secret("x")),
                refresh: true,
                CancellationToken.None
            )
        );
}
