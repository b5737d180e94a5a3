using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Box.Access;

/// <summary>Parameter Store: values that the test has set, all of them SecureStrings.</summary>
internal sealed class ParameterStore
{
    private const int PageSize = 10;

    private readonly ConcurrentDictionary<string, (string Value, long Version)> parameters = new(
        StringComparer.Ordinal
    );

    /// <summary>The value of <c>/path/name</c>; setting it makes a new version.</summary>
    public string this[string name]
    {
        get => parameters[name].Value;
        set => parameters.AddOrUpdate(name, (value, 1), (_, before) => (value, before.Version + 1));
    }

    public void Remove(string name) => parameters.TryRemove(name, out _);

    public AwsAnswer Answer(string operation, JsonObject request) =>
        operation == "GetParameter" ? One(request) : Page(request);

    /// <summary>The same of a request as it came over HTTP.</summary>
    public async Task AnswerAsync(WebRequest request, HttpContext http)
    {
        var answer = Answer(request["X-Amz-Target"]?.Split('.')[^1] ?? "", JsonNode.Parse(request.Body)!.AsObject());
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/x-amz-json-1.1";
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private AwsAnswer One(JsonObject request)
    {
        var name = (string)request["Name"]!;
        name = name.StartsWith("arn:", StringComparison.Ordinal) ? name[name.IndexOf('/')..] : name;
        return parameters.TryGetValue(name, out var parameter)
            ? AwsAnswer.Json(new() { ["Parameter"] = Write(name, parameter, IsDecrypted(request)) })
            : AwsAnswer.Error(400, "ParameterNotFound", "");
    }

    private AwsAnswer Page(JsonObject request)
    {
        var path = ((string)request["Path"]!).TrimEnd('/') + '/';
        var deep = (bool?)request["Recursive"] ?? false;
        var asked = (int?)request["MaxResults"] ?? PageSize;
        if (asked is < 1 or > PageSize)
        {
            return AwsAnswer.Error(
                400,
                "ValidationException",
                $"Value '{asked}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10"
            );
        }

        var from = request["NextToken"] is { } token ? int.Parse((string)token!, CultureInfo.InvariantCulture) : 0;
        var found = parameters
            .Where(p => p.Key.StartsWith(path, StringComparison.Ordinal))
            .Where(p => deep || !p.Key[path.Length..].Contains('/', StringComparison.Ordinal))
            .OrderBy(static p => p.Key, StringComparer.Ordinal)
            .ToArray();
        var answer = new JsonObject
        {
            ["Parameters"] = new JsonArray([
                .. found.Skip(from).Take(asked).Select(p => Write(p.Key, p.Value, IsDecrypted(request))),
            ]),
        };
        if (from + asked < found.Length)
        {
            answer["NextToken"] = (from + asked).ToString(CultureInfo.InvariantCulture);
        }

        return AwsAnswer.Json(answer);
    }

    private static bool IsDecrypted(JsonObject request) => (bool?)request["WithDecryption"] ?? false;

    private static JsonObject Write(string name, (string Value, long Version) parameter, bool decrypted) =>
        new()
        {
            ["ARN"] = AwsCall.Parameter(name),
            ["DataType"] = "text",
            ["LastModifiedDate"] = 1767323045.5,
            ["Name"] = name,
            ["Type"] = "SecureString",
            ["Value"] = decrypted ? parameter.Value : "AQICAHh" + new string('x', parameter.Value.Length),
            ["Version"] = parameter.Version,
        };
}
