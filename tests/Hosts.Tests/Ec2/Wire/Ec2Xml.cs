using System.Xml.Linq;

namespace Hosts.Tests.Ec2.Wire;

/// <summary>EC2's answers. Elements are named without their namespace until they are written here.</summary>
internal static class Ec2Xml
{
    public const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public static string Answer(string action, string requestId, IEnumerable<XElement> content)
    {
        XNamespace ns = Namespace;
        var root = new XElement(action + "Response", new XElement("requestId", requestId), content);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = ns + element.Name.LocalName;
        }

        return Text(root);
    }

    public static string Error(string requestId, Ec2Refusal refusal) =>
        Text(
            new XElement(
                "Response",
                new XElement(
                    "Errors",
                    new XElement("Error", new XElement("Code", refusal.Code), new XElement("Message", refusal.Message))
                ),
                new XElement("RequestID", requestId)
            )
        );

    public static XElement Return { get; } = new("return", true);

    public static XElement Set(string name, IEnumerable<IEnumerable<XElement>> items) =>
        new(name, items.Select(static item => new XElement("item", item)));

    public static XElement Tags(IEnumerable<KeyValuePair<string, string>> tags) =>
        Set("tagSet", tags.Select(static tag => (XElement[])[new("key", tag.Key), new("value", tag.Value)]));

    /// <summary>No element where there is nothing to say.</summary>
    public static IEnumerable<XElement> Optional(string name, string? value) =>
        value is null ? [] : [new XElement(name, value)];

    private static string Text(XElement root) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting);
}
