using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>What runs the scenarios of one side.</summary>
internal interface ISideProcess : IAsyncDisposable
{
    AlertmanagerApi Api { get; }

    Uri Address { get; }

    /// <summary>What amtool needs besides the address.</summary>
    IReadOnlyList<string> AmtoolArguments { get; }

    /// <summary>How late times between these two may have been, in real milliseconds.</summary>
    int LateMs(DateTimeOffset from, DateTimeOffset to);

    /// <summary>Has it work by another configuration of a scenario.</summary>
    Task<ApiAnswer> ReloadAsync(string scenario, string config);

    /// <returns>The exit code.</returns>
    Task<int> RestartAsync();
}
