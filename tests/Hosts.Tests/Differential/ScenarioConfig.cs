using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Hosts.Tests.Differential;

/// <summary>
/// The configuration of many scenarios in one alertmanager.yml: each has a route for alerts with its label, and its
/// receivers, intervals and rules have names of their own.
/// </summary>
internal sealed partial class ScenarioConfig(Uri webhooks, string side, int factor)
{
    private readonly YamlMappingNode global = new();
    private readonly YamlSequenceNode routes = [];
    private readonly YamlSequenceNode receivers = [];
    private readonly YamlSequenceNode rules = [];
    private readonly YamlSequenceNode intervals = [];

    /// <summary>The scenario of alerts that are posted to have everything run once before time counts.</summary>
    public const string WarmUp = "WarmUp";

    public static string Write(
        IEnumerable<(string Name, string Config)> scenarios,
        Uri webhooks,
        string side,
        int factor
    )
    {
        var config = new ScenarioConfig(webhooks, side, factor);
        foreach (var (name, text) in scenarios)
        {
            config.Add(name, text);
        }

        config.Add(WarmUp, "route: {group_by: ['...'], group_wait: 0s}");

        return config.Text();
    }

    /// <summary>Where a receiver's webhooks arrive.</summary>
    public static string WebhookPath(string side, string scenario, string receiver) => $"/{side}/{scenario}/{receiver}";

    private void Add(string scenario, string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var own = (YamlMappingNode)yaml.Documents[0].RootNode;
        var route = Member<YamlMappingNode>(own, "route") ?? new();
        if (!route.Children.ContainsKey("receiver"))
        {
            route.Add("receiver", "hook");
        }

        // Not at the root: of what 0.25 inherits from there it cannot get rid again.
        if (!route.Children.ContainsKey("group_by"))
        {
            route.Add("group_by", new YamlSequenceNode("alertname"));
        }

        var named = new HashSet<string>();
        AddRoute(route, scenario, named);
        Limit(route, "matchers", scenario);
        routes.Add(route);

        foreach (var receiver in Items(own, "receivers"))
        {
            var name = Scalar(receiver, "name");
            named.Remove(name);
            AddReceiver(receiver, scenario, name);
        }

        foreach (var name in named)
        {
            var webhook = new YamlMappingNode();
            AddReceiver(
                new YamlMappingNode("name", name, "webhook_configs", new YamlSequenceNode(webhook)),
                scenario,
                name
            );
        }

        foreach (var rule in Items(own, "inhibit_rules"))
        {
            Limit(rule, "source_matchers", scenario);
            Limit(rule, "target_matchers", scenario);
            rules.Add(rule);
        }

        foreach (var interval in Items(own, "time_intervals"))
        {
            interval.Children["name"] = $"{scenario}.{Scalar(interval, "name")}";
            intervals.Add(interval);
        }

        foreach (var (key, value) in Member<YamlMappingNode>(own, "global") ?? new())
        {
            global.Children[key] = Slower(value);
        }
    }

    private void AddRoute(YamlMappingNode route, string scenario, HashSet<string> named)
    {
        foreach (var (key, value) in route.Children.ToArray())
        {
            switch (((YamlScalarNode)key).Value)
            {
                case "receiver":
                    named.Add(((YamlScalarNode)value).Value!);
                    route.Children[key] = $"{scenario}.{value}";
                    break;
                case "group_wait" or "group_interval" or "repeat_interval":
                    route.Children[key] = Slower(value);
                    break;
                case "mute_time_intervals" or "active_time_intervals":
                    route.Children[key] = new YamlSequenceNode(
                        ((YamlSequenceNode)value).Select(v => new YamlScalarNode($"{scenario}.{v}"))
                    );
                    break;
            }
        }

        foreach (var child in Items(route, "routes"))
        {
            AddRoute(child, scenario, named);
        }
    }

    private void AddReceiver(YamlMappingNode receiver, string scenario, string name)
    {
        receiver.Children["name"] = $"{scenario}.{name}";
        foreach (var (webhook, i) in Items(receiver, "webhook_configs").Select((w, i) => (w, i)))
        {
            var path = WebhookPath(side, scenario, i == 0 ? name : $"{name}-{i + 1}");
            webhook.Add("url", new Uri(webhooks, path).AbsoluteUri);
        }

        receivers.Add(receiver);
    }

    private string Text()
    {
        receivers.Add(new YamlMappingNode("name", "nowhere"));
        var root = new YamlMappingNode(
            "global",
            global,
            "route",
            new YamlMappingNode(
                "receiver",
                "nowhere",
                "group_wait",
                Slower("500ms"),
                "group_interval",
                Slower("1s"),
                "repeat_interval",
                "1h",
                "routes",
                routes
            ),
            "receivers",
            receivers,
            "inhibit_rules",
            rules,
            "time_intervals",
            intervals
        );
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    /// <summary>A duration at the pace of this attempt; hours stand for never and stay.</summary>
    private YamlScalarNode Slower(YamlNode duration) =>
        new(
            ShortDuration()
                .Replace(
                    duration.ToString(),
                    m =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{int.Parse(m.Groups[1].Value, null) * factor}{m.Groups[2].Value}"
                        )
                )
        );

    private static void Limit(YamlMappingNode owner, string member, string scenario)
    {
        var matchers = Member<YamlSequenceNode>(owner, member) ?? [];
        matchers.Add($"scenario=\"{scenario}\"");
        owner.Children[member] = matchers;
    }

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode owner, string member) =>
        Member<YamlSequenceNode>(owner, member)?.Cast<YamlMappingNode>() ?? [];

    private static string Scalar(YamlMappingNode owner, string member) => Member<YamlScalarNode>(owner, member)!.Value!;

    private static T? Member<T>(YamlMappingNode owner, string name)
        where T : YamlNode => owner.Children.TryGetValue(name, out var value) ? (T)value : null;

    [GeneratedRegex("([0-9]+)(ms|s)")]
    private static partial Regex ShortDuration();
}
