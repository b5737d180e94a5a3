using System.Reflection;
using System.Runtime.InteropServices;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>Which program this is, and which Alertmanager it is like.</summary>
public static class BuildVersion
{
    /// <summary>The newest whose answers these are like; the rest tells the two apart without being part of the order.</summary>
    public const string Alertmanager = "0.34.0+alerthub";

    public static string Own { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "";

    public static string Platform { get; } = RuntimeInformation.FrameworkDescription;
}
