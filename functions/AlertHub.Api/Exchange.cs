using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Api;

/// <summary>Bytes in, one line of text for a person out.</summary>
internal static class Exchange
{
    /// <summary>The body of at most <paramref name="limitBytes"/>, counted in <paramref name="share"/> as it comes.</summary>
    public static async Task<RequestBody> ReadAsync(
        HttpRequest request,
        int limitBytes,
        BodyBudget.Share share,
        CancellationToken ct
    )
    {
        if (request.ContentLength > limitBytes)
        {
            return new RequestBody.TooLarge();
        }

        // Counted here and not by the server's own limit, so that every host answers an excess with the same words.
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            RequestBody? end =
                read.Buffer.Length > limitBytes ? new RequestBody.TooLarge()
                : !share.TryGrow(read.Buffer.Length) ? new RequestBody.NoRoom()
                : read.IsCompleted ? new RequestBody.Whole(read.Buffer.ToArray())
                : null;
            request.BodyReader.AdvanceTo(end is null ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (end is not null)
            {
                return end;
            }
        }
    }

    /// <summary>A client that breaks HTTP within its body is told so; to the server's log it would be our fault.</summary>
    public static RequestDelegate Of(RequestDelegate handle) =>
        async context =>
        {
            try
            {
                await handle(context);
            }
            catch (BadHttpRequestException e) when (!context.Response.HasStarted)
            {
                await AnswerAsync(context, e.StatusCode, $"The request cannot be read: {e.Message}");
            }
        };

    public static Task AnswerAsync(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var text = Encoding.UTF8.GetBytes(line + "\n");
        context.Response.ContentLength = text.Length;
        return context.Response.Body.WriteAsync(text, context.RequestAborted).AsTask();
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
