using System.Globalization;

namespace Hosts.Tests.Support;

internal sealed record FakeAwsAnswer
{
    public int Status { get; init; } = 200;

    public string Body { get; init; } = "{}";

    public string ContentType { get; init; } = "application/x-amz-json-1.1";

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>The connection is reset without an answer.</summary>
    public bool Resets { get; init; }

    /// <summary>No answer until the client gives up.</summary>
    public bool Hangs { get; init; }

    public static FakeAwsAnswer Json(string body) => new() { Body = body };

    public static FakeAwsAnswer Error(int status, string type, string message = "no") =>
        new() { Status = status, Body = $$"""{"__type":"{{type}}","message":"{{message}}"}""" };

    public FakeAwsAnswer With(string header, string value) => this with { Headers = new(Headers) { [header] = value } };

    public FakeAwsAnswer At(DateTimeOffset date) => With("Date", date.ToString("R", CultureInfo.InvariantCulture));
}
