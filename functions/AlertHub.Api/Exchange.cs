using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Api;

/// <summary>Bytes in, one line of text for a person out.</summary>
internal static class Exchange
{
    /// <summary>
    /// The body of at most <paramref name="limitBytes"/>, unpacked where it came as gzip, counted in
    /// <paramref name="share"/> as it comes.
    /// </summary>
    public static async Task<RequestBody> ReadAsync(
        HttpRequest request,
        int limitBytes,
        BodyBudget.Share share,
        CancellationToken ct
    )
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim();
        var isPacked = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!isPacked && encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return new RequestBody.Unreadable(
                StatusCodes.Status415UnsupportedMediaType,
                $"the body is encoded as {Quote(encoding)}; send it plain, or as gzip"
            );
        }

        var body = await ReadAsItCameAsync(request, limitBytes, share, ct);
        return isPacked && body is RequestBody.Whole packed ? Gzip.Unpack(packed.Bytes, limitBytes, share) : body;
    }

    private static async Task<RequestBody> ReadAsItCameAsync(
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

        // A read that ends by a token counts as under way for ever, and Kestrel logs a fault when it comes to the rest of the body.
        using var cancel = ct.UnsafeRegister(
            static reader => ((PipeReader)reader!).CancelPendingRead(),
            request.BodyReader
        );
        // Counted here and not by the server's own limit, so that every host answers an excess with the same words.
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(CancellationToken.None);
            if (read.IsCanceled)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                throw new OperationCanceledException(ct);
            }

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

    /// <summary>For an endpoint of all methods: those it takes, and to OPTIONS which they are.</summary>
    /// <param name="handle">Answers them.</param>
    /// <param name="methods">In order, without OPTIONS.</param>
    public static RequestDelegate Only(RequestDelegate handle, params string[] methods)
    {
        var allow = string.Join(", ", methods.Append(HttpMethods.Options).Order(StringComparer.Ordinal));
        return Of(context =>
        {
            if (methods.Contains(context.Request.Method, StringComparer.Ordinal))
            {
                return handle(context);
            }

            if (HttpMethods.IsOptions(context.Request.Method))
            {
                context.Response.Headers.Allow = allow;
                return Task.CompletedTask;
            }

            return WrongMethodAsync(context, allow);
        });
    }

    public static Task WrongMethodAsync(HttpContext context, string allow)
    {
        context.Response.Headers.Allow = allow;
        return AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
    }

    public static Task NotFoundAsync(HttpContext context) =>
        AnswerAsync(context, StatusCodes.Status404NotFound, "404 page not found");

    /// <summary>Packed where the client takes that and it pays.</summary>
    public static async Task AnswerAsync(HttpContext context, string contentType, PooledBuffer body)
    {
        var response = context.Response;
        response.ContentType = contentType;
        if (body.Length >= Gzip.Worthwhile && Gzip.IsAccepted(context.Request.Headers.AcceptEncoding))
        {
            using var packed = new PooledBuffer();
            Gzip.Pack(body.Written.Span, packed);
            response.Headers.ContentEncoding = "gzip";
            response.Headers.AppendCommaSeparatedValues("Vary", "Accept-Encoding");
            response.ContentLength = packed.Length;
            await response.Body.WriteAsync(packed.Written, context.RequestAborted);
            return;
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.Written, context.RequestAborted);
    }

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
