using System.Text.Json;

namespace Hosts.Tests.Support;

/// <summary>A reported error.</summary>
/// <param name="HeaderType">Of the header <c>Lambda-Runtime-Function-Error-Type</c>.</param>
public sealed record LambdaFailure(string HeaderType, string Json)
{
    public string? ContentType { get; init; }

    public string? Type => Member("errorType");

    public string? Message => Member("errorMessage");

    private string? Member(string name)
    {
        using var document = JsonDocument.Parse(Json);
        return document.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
    }
}
