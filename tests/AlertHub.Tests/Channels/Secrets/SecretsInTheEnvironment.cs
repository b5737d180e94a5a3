using AlertHub.Channels.Secrets;
using AlertHub.Configuration;

namespace AlertHub.Tests.Channels.Secrets;

public sealed class SecretsInTheEnvironment : SecretSourceContract
{
    private string? value;

    protected override ISecretSource Source => new LocalSecretSource(name => name == "SLACK_WEBHOOK" ? value : null);

    protected override SecretReference Reference { get; } = new SecretReference.Variable("SLACK_WEBHOOK");

    protected override SecretReference Missing { get; } = new SecretReference.Variable("NOT_SET");

    protected override void Keep(string secret) => value = secret;
}
