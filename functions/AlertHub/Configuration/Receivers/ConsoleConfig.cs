using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>One item of <c>console_configs</c> in hub.yml: the notification as plain text on standard output.</summary>
public sealed record ConsoleConfig : Integration
{
    public override string Kind => "console";

    internal override bool UsesHttp => false;

    internal static Shape<ConsoleConfig> Shape { get; } =
        new Shape<ConsoleConfig>("console_config", new() { SendResolved = true }).SendResolved();
}
