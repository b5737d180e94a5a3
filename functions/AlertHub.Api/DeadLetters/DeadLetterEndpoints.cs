using AlertHub.Grouping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.DeadLetters;

/// <summary>
/// <c>GET /hub/dead</c> lists what was given up, <c>POST /hub/dead/resend?id=...</c> or <c>?all=true</c> has it sent once more.
/// </summary>
public sealed partial class DeadLetterEndpoints(
    Hub hub,
    IWorkQueue queue,
    Admission admission,
    ILogger<DeadLetterEndpoints> log
)
{
    private const string Path = "/hub/dead";

    private const string ResendPath = Path + "/resend";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(Path, Exchange.Only(ListAsync, HttpMethods.Get)).WithDisplayName(Path);
        routes.Map(ResendPath, Exchange.Only(ResendAsync, HttpMethods.Post)).WithDisplayName(ResendPath);
    }

    private async Task ListAsync(HttpContext context)
    {
        var letters = DeadLetter.In(await hub.ReadAsync(context.RequestAborted));
        using var body = new PooledBuffer();
        DeadLetterJson.Write(body, letters);
        await Exchange.AnswerAsync(context, "application/json", body);
    }

    private async Task ResendAsync(HttpContext context)
    {
        if (admission.Objection(context.Request) is { } objection)
        {
            await Exchange.AnswerAsync(context, StatusCodes.Status403Forbidden, $"Refused: {objection}.");
            return;
        }

        var query = context.Request.Query;
        var ids = query["id"];
        var all = query["all"] == "true";
        if (all == ids.Count > 0)
        {
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status400BadRequest,
                "Say which with ?id=... once or several times, or ?all=true; GET /hub/dead lists them."
            );
            return;
        }

        var letters = DeadLetter.In(await hub.ReadAsync(context.RequestAborted));
        if (ids.FirstOrDefault(id => letters.All(letter => letter.Id != id)) is { } unknown)
        {
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status404NotFound,
                $"There is no dead letter {Exchange.Quote(unknown)}; GET /hub/dead lists those there are."
            );
            return;
        }

        DeadLetter[] meant = [.. letters.Where(letter => all || ids.Contains(letter.Id))];
        try
        {
            foreach (var letter in meant)
            {
                var work = await hub.ReviveAsync(letter.Group, letter.Delivery.Integration, context.RequestAborted);
                await queue.AddAsync(work, context.RequestAborted);
                Revived(letter.Group, letter.Delivery.Integration, letter.Id);
            }
        }
        catch (StorageUnavailableException e)
        {
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                $"Not all of them were noted, ask again later: {e.Message}"
            );
            return;
        }

        using var body = new PooledBuffer();
        DeadLetterJson.WriteRevived(body, meant.Length);
        await Exchange.AnswerAsync(context, "application/json", body);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Group}, {Integration}: the dead letter {Id} is sent once more, as somebody asked"
    )]
    private partial void Revived(GroupId group, IntegrationId integration, string id);
}
