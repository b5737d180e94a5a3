using System.Security.Cryptography;
using System.Text;
using AlertHub.Channels;
using AlertHub.Configuration;
using AlertHub.Text;

namespace AlertHub.Lambda.Configuration;

/// <summary>A configuration as its files say it.</summary>
internal sealed record ConfigText
{
    /// <summary>As objections call the files.</summary>
    public const string AlertmanagerFile = "alertmanager.yml";

    public const string HubFile = "hub.yml";

    /// <summary>alertmanager.yml.</summary>
    public required string Alertmanager { get; init; }

    /// <summary>hub.yml; null where there is none.</summary>
    public string? Hub { get; init; }

    /// <summary>
    /// Template files by their names, which have no folder: the last part of a pattern under <c>templates</c> is compared
    /// with them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>();

    /// <summary>Another text, another hash: 16 hexadecimal digits.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Alertmanager);
        Add(Hub ?? "");
        foreach (var (name, text) in Templates.OrderBy(static each => each.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));

        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(Encoding.UTF8.GetBytes($"{bytes.Length}:"));
            hash.AppendData(bytes);
        }
    }

    public byte[] Pack() => Packed.Of(this, ConfigJson.Default.ConfigText);

    /// <exception cref="FormatException">It is damaged.</exception>
    public static ConfigText Unpack(Stream packed) => Packed.Read(packed, ConfigJson.Default.ConfigText);

    /// <summary>What it says, if it can be used; else null and all that is wrong with it, a sentence each.</summary>
    public LoadedConfig? Load(ConfigHost host, out IReadOnlyList<string> objections)
    {
        objections = [.. Templates.Select(Objection).OfType<string>()];
        if (objections.Count > 0)
        {
            return null;
        }

        return LoadedConfig.Load(
            File(AlertmanagerFile, Alertmanager),
            Hub is null ? null : File(HubFile, Hub),
            Find,
            host,
            out objections
        );
    }

    private static string? Objection(KeyValuePair<string, string> template) =>
        template.Key.Length == 0 || template.Key.Contains('/', StringComparison.Ordinal)
            ? $"\"{template.Key}\" is no name of a template file: it has no folder and is not empty"
        // As JSON may have it.
        : template.Value is null ? $"the template file \"{template.Key}\" has no text"
        : null;

    private TemplateGlob Find(string glob)
    {
        var pattern = glob[(glob.LastIndexOf('/') + 1)..];
        if ((GoGlob.Objection(glob) ?? GoGlob.Objection(pattern)) is { } objection)
        {
            return new(glob, [], objection);
        }

        string[] names = [.. Templates.Keys.Where(name => GoGlob.IsMatch(pattern, name))];
        Array.Sort(names, GoString.Compare);
        return names.Length > 0
            ? new(glob, [.. names.Select(name => File(name, Templates[name]))], null)
            : new(glob, [], $"no template file is called \"{pattern}\"") { IsMissing = true };
    }

    private static ConfigFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
