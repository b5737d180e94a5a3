using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Trail;

/// <summary><c>responseElements</c>: what EC2 answered, turned from XML into JSON as CloudTrail does it.</summary>
internal static class TrailAnswer
{
    private static readonly string[] Numbers = ["fromPort", "toPort"];
    private static readonly string[] Truths = ["return", "isEgress"];

    /// <param name="action">Its name.</param>
    /// <param name="isWrapped">Newer actions have it one level deeper.</param>
    /// <param name="requestId">Of the answer.</param>
    /// <param name="answer">Its elements, without their namespace.</param>
    public static JsonObject Of(string action, bool isWrapped, string requestId, IEnumerable<XElement> answer)
    {
        var json = isWrapped
            ? new JsonObject { ["xmlns"] = Ec2Xml.Namespace, ["requestId"] = requestId }
            : new() { ["requestId"] = requestId };
        foreach (var element in answer)
        {
            var name = element.Name.LocalName;
            json[name == "return" && !isWrapped ? "_return" : name] = Node(element);
        }

        return isWrapped ? new() { [action + "Response"] = json } : json;
    }

    private static JsonNode Node(XElement element) =>
        element.Name.LocalName switch
        {
            _ when element.Element("item") is not null => new JsonObject
            {
                ["items"] = new JsonArray([.. element.Elements("item").Select(Members)]),
            },
            _ when element.HasElements || element.IsEmpty => Members(element),
            var name when Numbers.Contains(name) => int.Parse(element.Value, CultureInfo.InvariantCulture),
            var name when Truths.Contains(name) => bool.Parse(element.Value),
            _ => element.Value,
        };

    private static JsonObject Members(XElement element) =>
        new(
            element.Elements().Select(static child => KeyValuePair.Create(child.Name.LocalName, (JsonNode?)Node(child)))
        );
}
