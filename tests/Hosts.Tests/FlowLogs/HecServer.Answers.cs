using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.FlowLogs;

/// <summary>Answers of HEC's, and its acknowledgements.</summary>
internal sealed partial class HecServer
{
    private readonly HashSet<long> indexed = [];
    private long nextAck;

    /// <summary>Posts are acknowledged, but never become indexed.</summary>
    public bool NeverIndexes { get; set; }

    /// <summary>Questions that are answered with "not yet" before what is indexed is told.</summary>
    public int Patience { get; set; }

    /// <summary>The next answers to questions for acknowledgements are lost on their way, with what they tell.</summary>
    public int LostAcks { get; set; }

    /// <summary>Questions are answered with code 14 though posts get ids: acknowledgement was switched off meanwhile.</summary>
    public bool HasLostAck { get; set; }

    private long? Acknowledge()
    {
        if (!HasAck)
        {
            return null;
        }

        lock (gate)
        {
            if (!NeverIndexes)
            {
                indexed.Add(nextAck);
            }

            return nextAck++;
        }
    }

    /// <summary>Tells each id once; afterwards it is as unknown as one that never was.</summary>
    private async Task AcksAsync(HttpContext context)
    {
        if (!HasAck || HasLostAck)
        {
            await SayAsync(context, 400, 14);
            return;
        }

        if (!Guid.TryParse(context.Request.Query["channel"], out _))
        {
            await SayAsync(context, 400, 10);
            return;
        }

        var asked = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var acks = new JsonObject();
        bool isLost;
        lock (gate)
        {
            var isEarly = Patience-- > 0;
            foreach (var id in asked["acks"]!.AsArray().Select(static id => id!.GetValue<long>()))
            {
                acks[id.ToString(CultureInfo.InvariantCulture)] = !isEarly && indexed.Remove(id);
            }

            isLost = LostAcks-- > 0;
        }

        if (isLost)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, 200, new() { ["acks"] = acks });
    }

    private static Task SayAsync(HttpContext context, int status, int code, int? index = null, long? ack = null)
    {
        var said = new JsonObject { ["text"] = Text(code), ["code"] = code };
        if (index is { } number)
        {
            said["invalid-event-number"] = number;
        }

        if (ack is { } id)
        {
            said["ackId"] = id;
        }

        return WriteAsync(context, status, said);
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonObject said)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(said.ToJsonString(JsonSerializerOptions.Default));
    }

    /// <summary>As a careless proxy makes it: with the request's headers.</summary>
    private static async Task PageAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(
            $"<html><h1>{status}</h1><p>Authorization: {context.Request.Headers.Authorization}</p></html>"
        );
    }

    private static string Text(int code) =>
        code switch
        {
            0 => "Success",
            1 => "Token disabled",
            2 => "Token is required",
            3 => "Invalid authorization",
            4 => "Invalid token",
            5 => "No data",
            6 => "Invalid data format",
            7 => "Incorrect index",
            8 => "Internal server error",
            9 => "Server is busy",
            10 => "Data channel is missing",
            11 => "Invalid data channel",
            12 => "Event field is required",
            13 => "Event field cannot be blank",
            14 => "ACK is disabled",
            15 => "Error in handling indexed fields",
            17 => "HEC is healthy",
            _ => "Another text",
        };
}
