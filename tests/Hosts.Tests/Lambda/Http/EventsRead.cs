using System.Text;
using System.Text.Json;
using AlertHub.Lambda.Http;
using Amazon.Lambda.APIGatewayEvents;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda.Http;

/// <summary>Read by hand, an event says what the official type says.</summary>
public sealed class EventsRead
{
    [Theory]
    [InlineData("""{"version":"2.0","requestContext":{"http":{"method":"GET"}}}""")]
    [InlineData(
        """
            {
              "version": "2.0",
              "routeKey": "POST /api/v2/alerts",
              "rawPath": "/api/v2/alerts é",
              "rawQueryString": "a=1&a=2&b=%20",
              "cookies": ["c1=\"x\"", "c2"],
              "headers": { "content-type": "application/json", "x-many": "1,2", "x-quoted": "a \"b\" \\ \u00e9", "x-empty": "" },
              "queryStringParameters": { "a": "1,2" },
              "requestContext": {
                "accountId": "123456789012",
                "apiId": "api-id",
                "authentication": { "clientCert": { "validity": { "notBefore": "May 28 12:30:02 2019 GMT" } } },
                "authorizer": { "jwt": { "claims": { "sub": "me", "http": "no" }, "scopes": ["write"] }, "lambda": [1, { "stage": "no" }] },
                "domainName": "id.execute-api.us-east-1.amazonaws.com",
                "domainPrefix": "id",
                "http": { "method": "POST", "path": "/api/v2/alerts é", "protocol": "HTTP/1.1", "sourceIp": "2001:db8::1", "userAgent": "curl" },
                "requestId": "JKJaXmPLvHcESHA=",
                "routeKey": "POST /api/v2/alerts",
                "stage": "$default",
                "time": "12/Mar/2026:19:03:58 +0000",
                "timeEpoch": 1583348638390
              },
              "body": "W10=",
              "pathParameters": { "proxy": "x" },
              "isBase64Encoded": true,
              "stageVariables": null
            }
            """
    )]
    [InlineData(
        """{"isBase64Encoded":false,"body":"\u00e9\n\"🔥\"\ud83d\udd25","headers":null,"cookies":null,"version":"2.0","requestContext":{"stage":null,"requestId":null,"http":{"sourceIp":null,"method":"PUT"},"domainName":null},"rawQueryString":null}"""
    )]
    [InlineData(
        """{"version":"2.0","cookies":[],"headers":{},"body":null,"isBase64Encoded":null,"requestContext":{"http":{"method":"PUT"}}}"""
    )]
    [InlineData("""{"version":"2.0","body":"","isBase64Encoded":true,"requestContext":{"http":{"method":"PUT"}}}""")]
    public void It_says_the_same(string json)
    {
        // The official type cannot be told that a flag is null.
        var typed = HttpApiGateway.ReadRequest(
            json.Replace("\"isBase64Encoded\":null", "\"isBase64Encoded\":false", StringComparison.Ordinal)
        );

        var read = HttpEventReader.Read(Encoding.UTF8.GetBytes(json));

        Assert.Equal((typed.RawPath ?? "/", typed.RawQueryString ?? ""), (read.RawPath, read.RawQueryString));
        Assert.Equal(typed.Cookies ?? [], read.Cookies);
        Assert.Equal(
            typed.Headers ?? new Dictionary<string, string>(),
            read.Headers.ToDictionary(static h => h.Key, static h => h.Value.ToString())
        );
        var context = typed.RequestContext!;
        Assert.Equal(
            (context.Stage, context.DomainName, context.RequestId),
            (read.Stage, read.DomainName, read.RequestId)
        );
        Assert.Equal(
            (context.Http!.Method, context.Http.Protocol, context.Http.SourceIp),
            (read.Method, read.Protocol, read.SourceIp)
        );
        Assert.Equal(Bytes(typed), read.Body.ToArray());
    }

    /// <summary>Every byte that UTF-8 has, in text that is escaped at random.</summary>
    [Fact]
    public void Any_text_comes_through_as_a_body()
    {
        var random = new Random(20261128);
        for (var i = 0; i < 200; i++)
        {
            var runes = Enumerable
                .Range(0, random.Next(50))
                .Select(_ => random.Next(0x11000))
                .Where(Rune.IsValid)
                .Select(static n => new Rune(n).ToString());
            var text = string.Concat(runes);
            var request = new APIGatewayHttpApiV2ProxyRequest
            {
                Version = "2.0",
                RequestContext = new() { Http = new() { Method = "POST" } },
                Body = text,
            };
            var relaxed = HttpApiGateway.Write(request);
            var strict =
                $$$"""{"version":"2.0","requestContext":{"http":{"method":"POST"}},"body":"{{{JsonEncodedText.Encode(text)}}}"}""";

            Assert.Equal(
                Encoding.UTF8.GetBytes(text),
                HttpEventReader.Read(Encoding.UTF8.GetBytes(relaxed)).Body.ToArray()
            );
            Assert.Equal(
                Encoding.UTF8.GetBytes(text),
                HttpEventReader.Read(Encoding.UTF8.GetBytes(strict)).Body.ToArray()
            );
        }
    }

    private static byte[] Bytes(APIGatewayHttpApiV2ProxyRequest request) =>
        request.IsBase64Encoded
            ? Convert.FromBase64String(request.Body ?? "")
            : Encoding.UTF8.GetBytes(request.Body ?? "");
}
