using System.IO.Compression;
using System.Text;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Lambda.Http;

/// <summary>Endpoints that answer in every way there is, on Kestrel and behind API Gateway.</summary>
public sealed class AnswersAlike : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>One endpoint each; asked by GET and by HEAD.</summary>
    private Dictionary<string, RequestDelegate> Endpoints =>
        new()
        {
            ["nothing"] = static _ => Task.CompletedTask,
            ["text"] = static context => context.Response.WriteAsync("no type, é🔥"),
            ["json"] = static context =>
                WriteAsync(context, "application/json", """{"a":"\"é🔥\u0001\n"}"""u8.ToArray()),
            ["problem"] = static context =>
                WriteAsync(context, "application/problem+json; charset=utf-8", "{}"u8.ToArray()),
            ["html"] = static context =>
                WriteAsync(context, "text/html; charset=UTF-8", "<p>\uFEFF\u2028</p>"u8.ToArray()),
            ["latin"] = static context => WriteAsync(context, "text/plain; charset=iso-8859-1", [0xE9, 0x0A]),
            ["broken text"] = static context => WriteAsync(context, "text/plain; charset=utf-8", [0x61, 0xFF, 0x62]),
            ["bytes"] = static context => WriteAsync(context, "image/png", [0x89, 0x50, 0x4E, 0x47, 0, 255]),
            ["text as bytes"] = static context => WriteAsync(context, "application/octet-stream", "plain"u8.ToArray()),
            ["type that is none"] = static context => WriteAsync(context, "nonsense", "plain"u8.ToArray()),
            ["packed"] = PackedAsync,
            ["packed otherwise"] = static context =>
            {
                context.Response.Headers.ContentEncoding = "x-own";
                return WriteAsync(context, "text/plain", "plain"u8.ToArray());
            },
            ["length"] = static context =>
            {
                context.Response.ContentLength = 5;
                return context.Response.WriteAsync("12345");
            },
            ["empty with a length"] = static context =>
            {
                context.Response.ContentLength = 0;
                return Task.CompletedTask;
            },
            ["no content"] = static context =>
            {
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            },
            ["not modified"] = static context =>
            {
                context.Response.StatusCode = 304;
                context.Response.Headers.ETag = "\"a\"";
                return Task.CompletedTask;
            },
            ["teapot"] = static context =>
            {
                context.Response.StatusCode = 418;
                return context.Response.WriteAsync("short and stout");
            },
            ["moved"] = static context =>
            {
                context.Response.Redirect("/elsewhere?a=%20");
                return Task.CompletedTask;
            },
            ["headers"] = static context =>
            {
                context.Response.Headers.Append("X-Many", "1");
                context.Response.Headers.Append("X-Many", "2, 3");
                context.Response.Headers.WWWAuthenticate = new(["Basic", "Bearer"]);
                context.Response.Headers.Vary = new(["Origin", "Accept-Encoding"]);
                context.Response.Headers["X-Empty"] = "";
                context.Response.Headers["X-Quoted"] = "a \"b\" \\ c";
                return Task.CompletedTask;
            },
            ["cookies"] = static context =>
            {
                context.Response.Cookies.Append("a", "1", new() { Expires = DateTimeOffset.UnixEpoch });
                context.Response.Cookies.Append("b", "2", new() { HttpOnly = true });
                return Task.CompletedTask;
            },
            ["piped"] = static async context =>
            {
                Encoding.UTF8.GetBytes("begun ", context.Response.BodyWriter);
                await context.Response.BodyWriter.FlushAsync();
                Encoding.UTF8.GetBytes("and not flushed", context.Response.BodyWriter);
            },
            ["both ways"] = static async context =>
            {
                Encoding.UTF8.GetBytes("piped ", context.Response.BodyWriter);
                await context.Response.Body.WriteAsync("streamed "u8.ToArray());
                Encoding.UTF8.GetBytes("piped", context.Response.BodyWriter);
            },
            ["started"] = static async context =>
            {
                await context.Response.WriteAsync($"{context.Response.HasStarted} ");
                await context.Response.StartAsync();
                await context.Response.WriteAsync($"{context.Response.HasStarted}");
            },
            ["started empty"] = static context => context.Response.StartAsync(),
            ["completed"] = static async context =>
            {
                await context.Response.WriteAsync("all");
                await context.Response.CompleteAsync();
                try
                {
                    await context.Response.WriteAsync(" and more");
                }
                catch (InvalidOperationException)
                {
                    // As Kestrel has it.
                }
            },
            ["file"] = context => context.Response.SendFileAsync(folder.File("sent.txt")),
            ["part of a file"] = context => context.Response.SendFileAsync(folder.File("sent.txt"), 2, 3),
            ["changed at the start"] = static context =>
            {
                context.Response.OnStarting(() => NoteAsync(context, "first"));
                context.Response.OnStarting(() => NoteAsync(context, "second"));
                return context.Response.WriteAsync("body");
            },
            ["changed at the start of nothing"] = static context =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.StatusCode = 202;
                    return NoteAsync(context, "only");
                });
                return Task.CompletedTask;
            },
            ["too late"] = static async context =>
            {
                await context.Response.WriteAsync("begun: ");
                await context.Response.WriteAsync(Refused(() => context.Response.StatusCode = 400));
                await context.Response.WriteAsync(Refused(() => context.Response.Headers["X-Late"] = "1"));
                await context.Response.WriteAsync(Refused(() => context.Response.ContentType = "text/html"));
                await context.Response.WriteAsync(
                    Refused(() => context.Response.OnStarting(static () => Task.CompletedTask))
                );
            },
            ["fault"] = static _ => throw new InvalidOperationException("secret"),
            ["cancelled for no reason"] = static _ => throw new OperationCanceledException("secret"),
            ["fault before a flush"] = static context =>
            {
                context.Response.Headers["X-Gone"] = "1";
                Encoding.UTF8.GetBytes("gone", context.Response.BodyWriter);
                throw new InvalidOperationException("secret");
            },
            ["fault at the start"] = static context =>
            {
                context.Response.OnStarting(static () => throw new InvalidOperationException("secret"));
                return Task.CompletedTask;
            },
            ["length and nothing"] = static context =>
            {
                context.Response.ContentLength = 5;
                return Task.CompletedTask;
            },
        };

    [Fact]
    public async Task They_arrive_as_Kestrel_sends_them()
    {
        await File.WriteAllTextAsync(folder.File("sent.txt"), "a file\n");
        await using var hosts = await TwoHosts.StartAsync(app =>
        {
            foreach (var (name, answer) in Endpoints)
            {
                app.Map($"/{name.Replace(' ', '-')}", answer);
            }
        });
        var wrong = new List<string>();
        foreach (var name in Endpoints.Keys)
        {
            foreach (var method in (string[])["GET", "HEAD"])
            {
                var row = $"{method} /{name.Replace(' ', '-')}";
                var kestrel = await hosts.OnKestrelAsync(row);
                var lambda = await hosts.OnLambdaAsync(row);
                // Kestrel says nothing with a 500, and the length of that.
                var isSame = kestrel.StartsWith("500", StringComparison.Ordinal)
                    ? lambda.StartsWith("500", StringComparison.Ordinal)
                        && !lambda.Contains("X-Gone", StringComparison.Ordinal)
                    : kestrel == lambda;
                if (!isSame)
                {
                    wrong.Add($"{row}\n{kestrel}\n--- on Lambda\n{lambda}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n======\n", wrong));
        Assert.DoesNotContain(hosts.Context.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_to_be_done_afterwards_is_done_before_Lambda_has_the_answer()
    {
        var done = new List<string>();
        await using var function = await RunningServer.StartAsync(app =>
            app.Run(context =>
            {
                context.Response.OnCompleted(() => Add("first"));
                context.Response.OnCompleted(() => throw new InvalidOperationException("secret"));
                context.Response.OnCompleted(() =>
                    Add(context.Response.HasStarted ? "last, after the start" : "too early")
                );
                return Task.CompletedTask;

                Task Add(string what)
                {
                    done.Add(what);
                    return Task.CompletedTask;
                }
            })
        );

        var answer = await function.AskAsync();

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(["last, after the start", "first"], done);
        Assert.StartsWith(
            "request JKJaXmPLvHcESHA= (no endpoint): a fault of AlertHub's: InvalidOperationException at ",
            Assert.Single(function.Context.Lines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Writers_of_JSON_can_write_to_it()
    {
        await using var function = await RunningServer.StartAsync(static app =>
            app.Run(async context =>
            {
                context.Response.ContentType = "application/json";
                Assert.True(context.Response.BodyWriter.CanGetUnflushedBytes);
                await System.Text.Json.JsonSerializer.SerializeAsync(
                    context.Response.BodyWriter,
                    new() { Version = "é" },
                    HttpEventsJson.Default.APIGatewayHttpApiV2ProxyRequest
                );
                Assert.Equal(0, context.Response.BodyWriter.UnflushedBytes);
            })
        );

        Assert.Contains("\"Version\":", (await function.AskAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_goes_as_text_and_everything_else_as_base64()
    {
        await using var function = await RunningServer.StartAsync(app =>
            app.Run(context => Endpoints[context.Request.QueryString.Value![1..].Replace('+', ' ')](context))
        );

        async Task<bool> IsBase64Async(string name) =>
            (await function.AskAsync(request => request.RawQueryString = name.Replace(' ', '+'))).IsBase64Encoded;

        Assert.False(await IsBase64Async("json"));
        Assert.False(await IsBase64Async("problem"));
        Assert.False(await IsBase64Async("html"));
        Assert.False(await IsBase64Async("nothing"));
        Assert.True(await IsBase64Async("latin"));
        Assert.True(await IsBase64Async("broken text"));
        Assert.True(await IsBase64Async("bytes"));
        Assert.True(await IsBase64Async("packed"));
        Assert.True(await IsBase64Async("packed otherwise"));
        Assert.True(await IsBase64Async("text"));
    }

    public void Dispose() => folder.Dispose();

    private static Task WriteAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private static Task NoteAsync(HttpContext context, string what)
    {
        context.Response.Headers.Append("X-Order", what);
        return Task.CompletedTask;
    }

    private static string Refused(Action change)
    {
        try
        {
            change();
            return "changed ";
        }
        catch (InvalidOperationException)
        {
            return "refused ";
        }
    }

    private static async Task PackedAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync("{}"u8.ToArray());
    }
}
