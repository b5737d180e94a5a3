using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Api;

/// <summary>Bytes in, one line of text for a person out.</summary>
internal static class Exchange
{
    /// <summary>The body, or null where it is longer than <paramref name="limitBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limitBytes, CancellationToken ct)
    {
        if (request.ContentLength > limitBytes)
        {
            return null;
        }

        // Counted here and not by the server's own limit, so that every host answers an excess with the same words.
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > limitBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static Task AnswerAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(line + "\n", context.RequestAborted);
    }

    /// <summary>What a stranger wrote, fit for a log line: in quotes, without control characters, cut.</summary>
    public static string Quote(string? text)
    {
        const int longest = 200;
        text ??= "";
        var cut = text.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
        return $"\"{string.Concat(cut.Select(static c => char.IsControl(c) ? '\uFFFD' : c))}\"";
    }
}
