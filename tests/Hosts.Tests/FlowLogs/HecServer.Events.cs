using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.FlowLogs;

/// <summary>Posts of events: as scripted, or by what is in them.</summary>
internal sealed partial class HecServer
{
    /// <summary>Is called when a post has arrived, before anything of it is taken; with the posts before it.</summary>
    public Action<int>? Posting { get; set; }

    private async Task EventsAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var isZipped = context.Request.Headers.ContentEncoding == "gzip";
        await using var sent = isZipped
            ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
            : context.Request.Body;
        await sent.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        Posting?.Invoke(Posts.Count);
        var step = script.TryDequeue(out var next) ? next : new HecScript.Usual();
        Lose(step, bytes);
        switch (step)
        {
            case HecScript.Usual:
                await UsualAsync(context, bytes);
                break;
            case HecScript.Says says:
                Take(bytes, says.Takes);
                if (says.RetryAfter is { } after)
                {
                    context.Response.Headers.RetryAfter = after.TotalSeconds.ToString(
                        "0",
                        CultureInfo.InvariantCulture
                    );
                }

                await SayAsync(context, says.Status, says.Code, says.Names ? says.Takes : null);
                break;
            case HecScript.TakesBut but:
                Take(bytes, int.MaxValue);
                await SayAsync(context, 200, but.Code, null, Acknowledge());
                break;
            case HecScript.Page page:
                Take(bytes, 0);
                await PageAsync(context, page.Status);
                break;
            case HecScript.Reset reset:
                Take(bytes, reset.Takes ? int.MaxValue : 0);
                context.Abort();
                break;
            case HecScript.Silent silent:
                Take(bytes, silent.Takes ? int.MaxValue : 0);
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case HecScript.Cut:
                Take(bytes, int.MaxValue);
                context.Response.StatusCode = 200;
                await context.Response.WriteAsync("""{"text":"Success","co""");
                break;
        }
    }

    private async Task UsualAsync(HttpContext context, byte[] bytes)
    {
        if (bytes.Length > MostBytes)
        {
            Take(bytes, 0);
            await PageAsync(context, 413);
            return;
        }

        var (ids, code) = HecBody.Read(bytes, index => index == Index);
        Take(bytes, ids.Count);
        await (
            code == 0
                ? SayAsync(context, 200, 0, null, Acknowledge())
                : SayAsync(context, 400, code, code == 5 ? null : ids.Count)
        );
    }

    private void Take(byte[] bytes, int most)
    {
        var all = HecBody.Ids(bytes);
        lock (gate)
        {
            var some = all.Take(most).ToArray();
            taken.AddRange(some);
            posts.Add(new(all, some.Length, bytes.Length));
        }
    }

    private void Lose(HecScript step, byte[] bytes)
    {
        var ids = HecBody.Ids(bytes);
        var isLost = step switch
        {
            HecScript.Reset or HecScript.Silent or HecScript.Cut => true,
            HecScript.Says says => says.Takes > 0 && (!says.Names || says.Takes >= ids.Count),
            _ => false,
        };
        if (isLost)
        {
            lock (gate)
            {
                lost.AddRange(ids);
            }
        }
    }
}
