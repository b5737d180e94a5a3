using System.Globalization;
using System.Text.Json.Serialization;

namespace AlertHub.Lambda.Configuration;

/// <summary>The configurations that are kept, oldest first.</summary>
internal sealed record ConfigHistory
{
    /// <summary>Another one after each change; null where there was none yet.</summary>
    public string? Revision { get; init; }

    /// <summary>
    /// Hash of the files that a deployment last put in force; null where none did. It outlasts the deployment's own entry,
    /// so that whoever deploys the same files again does not undo what was changed since.
    /// </summary>
    public string? Seed { get; init; }

    public IReadOnlyList<ConfigEntry> Entries { get; init; } = [];

    /// <summary>What is in force; null where nothing is yet.</summary>
    public ConfigEntry? Current => Entries is [.., var last] ? last : null;

    public ConfigEntry? Find(long version) => Entries.FirstOrDefault(entry => entry.Version == version);
}

/// <summary>A configuration that is or was in force.</summary>
internal sealed record ConfigEntry
{
    /// <summary>Counted from 1.</summary>
    public required long Version { get; init; }

    /// <summary>In whole seconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the token that put it in force, or <see cref="ConfigOrigin.Deployment"/>.</summary>
    public required string By { get; init; }

    public string Note { get; init; } = "";

    /// <summary>Of its item, since two may try to write the same version.</summary>
    public required string Id { get; init; }

    /// <summary>Sort key of its item.</summary>
    [JsonIgnore]
    public string Sort => string.Create(CultureInfo.InvariantCulture, $"version:{Version:D8}:{Id}");
}

/// <summary>Whose a configuration is and why.</summary>
/// <param name="By">As <see cref="ConfigEntry.By"/>.</param>
/// <param name="Note">For people; at most <see cref="LongestNote"/> characters, since all of them are read each few seconds.</param>
/// <param name="Seed">As <see cref="ConfigHistory.Seed"/>, from a deployment; null from anybody else.</param>
internal sealed record ConfigOrigin(string By, string Note, string? Seed = null)
{
    public const string Deployment = "deployment";

    public const int LongestNote = 200;
}
