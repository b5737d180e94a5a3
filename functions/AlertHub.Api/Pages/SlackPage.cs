using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Api.Pages;

/// <summary>
/// One self-contained HTML page that shows Slack messages the way Slack does. The messages are in it as JSON that
/// nothing executes; its script makes text nodes of them. The policy lets run that script and no other, and loads nothing: pictures are in it, too.
/// </summary>
public sealed class SlackPage
{
    private readonly byte[] html;
    private readonly string policy;

    private SlackPage(byte[] html, string policy) => (this.html, this.policy) = (html, policy);

    public static SlackPage Of(IReadOnlyList<SlackSample> samples)
    {
        var (script, style) = (Part("slack.js"), Part("slack.css"));
        var html = Part("slack.html")
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal)
            .Replace("{{messages}}", Json(samples), StringComparison.Ordinal);
        return new(
            Encoding.UTF8.GetBytes(html),
            $"default-src 'none'; script-src {Hash(script)}; style-src {Hash(style)}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
    }

    public async Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/html; charset=utf-8";
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        await context.Response.BodyWriter.WriteAsync(html, context.RequestAborted);
    }

    /// <summary>The default encoder writes <c>&lt;</c> as an escape, so no alert text can end the element it stands in.</summary>
    private static string Json(IReadOnlyList<SlackSample> samples)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var sample in samples)
            {
                json.WriteStartObject();
                json.WriteString("group", sample.Group);
                json.WriteString("name", sample.Name);
                json.WriteString("event", sample.Event);
                if (sample.Picture is { } picture)
                {
                    json.WriteBase64String("picture", picture);
                }

                json.WritePropertyName("message");
                using var message = JsonDocument.Parse(sample.Message);
                message.RootElement.WriteTo(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Part(string name)
    {
        using var stream =
            typeof(SlackPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in this assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
