using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AlertHub.Api;
using AlertHub.Api.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Lambda.Configuration;

/// <summary>
/// The configuration over HTTP: <c>GET</c> and <c>PUT /hub/config</c>, <c>POST /hub/config/check</c> and
/// <c>/hub/config/rollback</c>, <c>GET /hub/config/versions</c> and <c>/hub/config/versions/{number}</c>. The functions' README
/// has what goes in and comes out.
/// </summary>
internal sealed partial class ConfigEndpoints(
    ConfigVersions versions,
    Admission admission,
    ILogger<ConfigEndpoints> log
)
{
    /// <summary>4 MiB: more than can be stored once it is packed, and less than Lambda carries.</summary>
    public const int LimitBytes = 4 * 1024 * 1024;

    private const string Path = "/hub/config";

    private const int LongestName = 64;

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(Path, ShowOrPutAsync, HttpMethods.Get, HttpMethods.Put);
        Map(Path + "/check", CheckAsync, HttpMethods.Post);
        Map(Path + "/rollback", RollbackAsync, HttpMethods.Post);
        Map(Path + "/versions", ListAsync, HttpMethods.Get);
        Map(Path + "/versions/{version}", ShowAsync, HttpMethods.Get);

        void Map(string path, RequestDelegate answer, params string[] methods) =>
            routes.Map(path, Exchange.Only(context => GuardAsync(context, answer), methods)).WithDisplayName(path);
    }

    /// <summary>What every one of them may meet.</summary>
    private async Task GuardAsync(HttpContext context, RequestDelegate answer)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && admission.Objection(context.Request) is { } objection)
        {
            await Exchange.AnswerAsync(context, StatusCodes.Status403Forbidden, $"Refused: {objection}.");
            return;
        }

        try
        {
            await answer(context);
        }
        catch (StorageUnavailableException e)
        {
            NotStored(e.Message);
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                $"Ask again later, and look at GET {Path} before: {e.Message}"
            );
        }
        catch (FormatException e)
        {
            NotStored(e.Message);
            await Exchange.AnswerAsync(context, StatusCodes.Status500InternalServerError, e.Message);
        }
    }

    private Task ShowOrPutAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) ? ShowCurrentAsync(context) : PutAsync(context);

    private async Task ShowCurrentAsync(HttpContext context)
    {
        var history = await versions.HistoryAsync(context.RequestAborted);
        await ShowAsync(context, history.Current, $"No configuration is in force yet; PUT {Path} puts one in force.");
    }

    private async Task ShowAsync(HttpContext context)
    {
        var text = $"{context.Request.RouteValues["version"]}";
        var history = await versions.HistoryAsync(context.RequestAborted);
        await ShowAsync(
            context,
            Number(text) is { } version ? history.Find(version) : null,
            $"There is no version {Exchange.Quote(text)}; GET {Path}/versions lists those that are kept."
        );
    }

    private async Task ShowAsync(HttpContext context, ConfigEntry? entry, string otherwise)
    {
        if (entry is null || await versions.ReadAsync(entry, context.RequestAborted) is not { } text)
        {
            await Exchange.AnswerAsync(context, StatusCodes.Status404NotFound, otherwise);
            return;
        }

        using var body = new PooledBuffer();
        ConfigAnswers.Write(body, entry, text);
        SetVersion(context, entry);
        await Exchange.AnswerAsync(context, "application/json", body);
    }

    private async Task ListAsync(HttpContext context)
    {
        using var body = new PooledBuffer();
        ConfigAnswers.Write(body, await versions.HistoryAsync(context.RequestAborted));
        await Exchange.AnswerAsync(context, "application/json", body);
    }

    private async Task PutAsync(HttpContext context)
    {
        var match = context.Request.Headers.IfMatch.ToString();
        var expected = Number(match.Trim('"'));
        if (match.Length > 0 && expected is null)
        {
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"If-Match is {Exchange.Quote(match)}; write the number of a version, as If-Match: \"7\"."
            );
            return;
        }

        if (
            await ReadAsync(context, ConfigBodyJson.Default.ConfigBody) is { } sent
            && await IsNoteAsync(context, sent.Note)
        )
        {
            await AnswerAsync(
                context,
                await versions.PutAsync(sent.Text, Origin(context, sent.Note), expected, context.RequestAborted)
            );
        }
    }

    private async Task RollbackAsync(HttpContext context)
    {
        if (
            await ReadAsync(context, ConfigBodyJson.Default.RollbackBody) is { } sent
            && await IsNoteAsync(context, sent.Note)
        )
        {
            var note = sent.Note.Length > 0 ? sent.Note : $"as version {sent.Version}";
            await AnswerAsync(
                context,
                await versions.RollbackAsync(sent.Version, Origin(context, note), context.RequestAborted)
            );
        }
    }

    private async Task CheckAsync(HttpContext context)
    {
        if (await ReadAsync(context, ConfigBodyJson.Default.ConfigBody) is { } sent)
        {
            await AnswerAsync(context, versions.Check(sent.Text));
        }
    }

    private async Task AnswerAsync(HttpContext context, ConfigOutcome outcome)
    {
        switch (outcome)
        {
            case ConfigOutcome.Accepted accepted:
                PutInForce(accepted.Entry.Version, accepted.Entry.By);
                using (var body = new PooledBuffer())
                {
                    ConfigAnswers.Write(body, accepted);
                    SetVersion(context, accepted.Entry);
                    await Exchange.AnswerAsync(context, "application/json", body);
                }

                break;

            case ConfigOutcome.Refused(var objections):
                Refused(By(context), objections.Count);
                await AnswerAsync(context, new ConfigCheck(objections, []));
                break;

            case ConfigOutcome.TooLarge large:
                await Exchange.AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, large.Reason);
                break;

            case ConfigOutcome.Conflict:
                await Exchange.AnswerAsync(
                    context,
                    StatusCodes.Status409Conflict,
                    $"Somebody else has put a configuration in force meanwhile; look at it with GET {Path}, and send this again if it is still to be."
                );
                break;

            case ConfigOutcome.Outdated(var current):
                await Exchange.AnswerAsync(
                    context,
                    StatusCodes.Status412PreconditionFailed,
                    current is null
                        ? "No configuration is in force yet; send it without If-Match."
                        : $"Version {current.Version} is in force, by {current.By}; look at it with GET {Path}, and send this again with If-Match: \"{current.Version}\" if it is still to be."
                );
                break;

            case ConfigOutcome.Unknown:
                await Exchange.AnswerAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    $"There is no such version; GET {Path}/versions lists those that are kept."
                );
                break;
        }
    }

    private static async Task AnswerAsync(HttpContext context, ConfigCheck check)
    {
        using var body = new PooledBuffer();
        ConfigAnswers.Write(body, check);
        context.Response.StatusCode =
            check.Objections.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        await Exchange.AnswerAsync(context, "application/json", body);
    }

    /// <summary>What was sent; null where that was answered already.</summary>
    private async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        using var share = admission.Bodies.Enter();
        var (status, reason) = (StatusCodes.Status400BadRequest, "");
        switch (await Exchange.ReadAsync(context.Request, LimitBytes, share, context.RequestAborted))
        {
            case RequestBody.Whole(var bytes):
                try
                {
                    if (JsonSerializer.Deserialize(bytes.Span, type) is { } sent)
                    {
                        return sent;
                    }

                    reason = "the body is null";
                }
                // Texts whose escapes are no characters are found only when they are read out.
                catch (Exception e) when (e is JsonException or InvalidOperationException)
                {
                    reason = $"the body is not as it must be: {e.Message}";
                }

                break;

            case RequestBody.TooLarge:
                (status, reason) = (
                    StatusCodes.Status413PayloadTooLarge,
                    $"the body is larger than {LimitBytes} bytes"
                );
                break;

            case RequestBody.Unreadable unreadable:
                (status, reason) = (unreadable.Status, unreadable.Reason);
                break;

            case RequestBody.NoRoom:
                (status, reason) = (StatusCodes.Status503ServiceUnavailable, BodyBudget.Exhausted);
                break;
        }

        await Exchange.AnswerAsync(context, status, $"Nothing was changed: {reason}.");
        return null;
    }

    private static async Task<bool> IsNoteAsync(HttpContext context, string note)
    {
        if (note.Length <= ConfigOrigin.LongestNote)
        {
            return true;
        }

        await Exchange.AnswerAsync(
            context,
            StatusCodes.Status400BadRequest,
            $"The note has {note.Length} characters, and may have {ConfigOrigin.LongestNote}."
        );
        return false;
    }

    private static void SetVersion(HttpContext context, ConfigEntry entry) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{entry.Version}\"");

    private static ConfigOrigin Origin(HttpContext context, string note) => new(By(context), note);

    private static string By(HttpContext context) =>
        WebAccess.TokenOf(context)?.Name is { Length: > 0 } name
            ? name[..Math.Min(name.Length, LongestName)]
            : "somebody";

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Version {Version} of the configuration was put in force by {By}"
    )]
    private partial void PutInForce(long version, string by);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A configuration from {By} was refused (400): {Count} things are wrong with it, as was answered"
    )]
    private partial void Refused(string by, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration cannot be read or changed: {Reason}")]
    private partial void NotStored(string reason);
}
