using System.Net.Http.Headers;
using System.Xml.Linq;

namespace Hosts.Tests.Ec2;

/// <summary>Forms as anybody may write them, with a signature that only looks like one.</summary>
internal sealed class RawEc2(Ec2Server server)
{
    private static readonly HttpClient Http = new();

    public string? AccessKey { get; set; } = "AKIDEXAMPLE";

    /// <returns>The answer, with its elements freed of their namespace.</returns>
    public async Task<(int Status, XElement Xml)> SendAsync(string action, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url)
        {
            Content = new FormUrlEncodedContent(
                fields
                    .Prepend(("Version", "2016-11-15"))
                    .Prepend(("Action", action))
                    .Select(static field => KeyValuePair.Create(field.Item1, field.Item2))
            ),
        };
        if (AccessKey is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "AWS4-HMAC-SHA256",
                $"Credential={AccessKey}/20260102/eu-central-1/ec2/aws4_request, SignedHeaders=host, "
                    + $"Signature={new string('0', 64)}"
            );
        }

        using var response = await Http.SendAsync(request);
        var xml = XElement.Parse(await response.Content.ReadAsStringAsync());
        foreach (var element in xml.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return ((int)response.StatusCode, xml);
    }

    /// <summary>What became of it in a word: <c>done</c>, or <c>400 InvalidPermission.Duplicate</c>.</summary>
    public async Task<string> OutcomeAsync(string action, params (string Name, string Value)[] fields)
    {
        var (status, xml) = await SendAsync(action, fields);
        return status == 200 ? "done" : $"{status} {xml.Descendants("Code").Single().Value}";
    }

    /// <summary>The fields of a permission from <c>tcp 22 22 IpRanges.1.CidrIp=10.0.0.0/8 ...</c>.</summary>
    public static (string, string)[] Permission(string groupId, string permission)
    {
        var parts = permission.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            ("GroupId", groupId),
            ("IpPermissions.1.IpProtocol", parts[0]),
            .. parts[1] == "-" ? (ReadOnlySpan<(string, string)>)[] : [("IpPermissions.1.FromPort", parts[1])],
            .. parts[2] == "-" ? (ReadOnlySpan<(string, string)>)[] : [("IpPermissions.1.ToPort", parts[2])],
            .. parts
                .Skip(3)
                .Select(static part => part.Split('=', 2))
                .Select(static part => ("IpPermissions.1." + part[0], part[1])),
        ];
    }
}
