using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FlowLogs.Encoding;

/// <summary>
/// What Splunk files events under. Each is a template with <c>{log_group}</c>, <c>{log_stream}</c>, <c>{account}</c>,
/// <c>{region}</c> and <c>{interface_id}</c>; null leaves it to the token.
/// </summary>
internal sealed partial record HecMetadata
{
    /// <summary>What Splunk's add-on for AWS extracts fields and the CIM tags from.</summary>
    public const string FlowSourcetype = "aws:cloudwatchlogs:vpcflow";

    public string? Host { get; init; }

    public string? Source { get; init; } = "{log_group}:{log_stream}";

    public string? Sourcetype { get; init; } = FlowSourcetype;

    public string? Index { get; init; }

    /// <summary>The names and templates in HEC's order, without those that are null.</summary>
    /// <exception cref="FormatException">Names every mistake and where it is.</exception>
    public ImmutableArray<(string Name, string Template)> Checked()
    {
        List<string> problems = [];
        var all = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (
            var (name, template) in new[]
            {
                ("host", Host),
                ("source", Source),
                ("sourcetype", Sourcetype),
                ("index", Index),
            }
        )
        {
            if (template is null)
            {
                continue;
            }

            problems.AddRange(Problems(template).Select(problem => $"{name} \"{template}\": {problem}"));
            all.Add((name, template));
        }

        return problems.Count == 0
            ? all.ToImmutable()
            : throw new FormatException($"The metadata of the events cannot be used: {string.Join("; ", problems)}.");
    }

    /// <summary>The template with its places filled. A record without interface is filed under its stream.</summary>
    public static string Fill(string template, FlowStream stream, string interfaceId) =>
        Place()
            .Replace(
                template,
                match =>
                    match.Groups[1].Value switch
                    {
                        "log_group" => stream.LogGroup,
                        "log_stream" => stream.LogStream,
                        "account" => stream.Account,
                        "region" => stream.Region,
                        _ => interfaceId.Length > 0 ? interfaceId : stream.LogStream,
                    }
            );

    private static IEnumerable<string> Problems(string template)
    {
        if (string.IsNullOrWhiteSpace(template))
        {
            yield return "is empty; leave it out instead";
        }

        foreach (Match match in Place().Matches(template))
        {
            if (match.Groups[1].Value is not ("log_group" or "log_stream" or "account" or "region" or "interface_id"))
            {
                yield return $"\"{match.Value}\" at position {match.Index + 1} is none of {{log_group}}, {{log_stream}}, "
                    + "{account}, {region}, {interface_id}";
            }
        }

        var brace = Place().Replace(template, static match => new string(' ', match.Length)).IndexOfAny(['{', '}']);
        if (brace >= 0)
        {
            yield return $"the brace at position {brace + 1} has no partner";
        }
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Place();
}

/// <summary>Where lines come from. Empty text for what is not known.</summary>
internal sealed record FlowStream(string LogGroup, string LogStream, string Account)
{
    public string Region { get; init; } = "";
}
