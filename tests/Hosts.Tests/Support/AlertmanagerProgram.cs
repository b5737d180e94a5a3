namespace Hosts.Tests.Support;

/// <summary>A program with Alertmanager's flags and API, and how it is started.</summary>
/// <param name="Name">For failure texts.</param>
/// <param name="File">What is run.</param>
/// <param name="Arguments">What stands before Alertmanager's flags.</param>
internal sealed record AlertmanagerProgram(string Name, string File, params IReadOnlyList<string> Arguments)
{
    /// <summary>Debian's. Without a cluster, which would hold the first notifications until it settles.</summary>
    public static AlertmanagerProgram Real { get; } =
        new("Alertmanager 0.25", "/usr/bin/prometheus-alertmanager", "--cluster.listen-address=");

    public static AlertmanagerProgram AlertHub { get; } =
        new("AlertHub", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "AlertHub.Local.dll"));
}
