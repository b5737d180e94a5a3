using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>One of the two that are compared.</summary>
/// <param name="Letter">a or b: where its webhooks go.</param>
/// <param name="IsAlertHub">Whether it does what a scenario says that AlertHub does instead.</param>
internal sealed record Side(string Letter, AlertmanagerProgram Program, bool IsAlertHub = false)
{
    /// <summary>The measure.</summary>
    public static Side A { get; } = new("a", AlertmanagerProgram.Real);

    /// <summary>What is measured.</summary>
    public static Side B { get; } = new("b", AlertmanagerProgram.AlertHub, IsAlertHub: true);

    /// <summary>Changes this side's configuration of a named scenario, to prove that the difference is found.</summary>
    public Func<string, string, string> Tamper { get; init; } = (_, config) => config;
}
