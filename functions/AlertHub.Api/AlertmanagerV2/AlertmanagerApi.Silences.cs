using AlertHub.Muting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.AlertmanagerV2;

public sealed partial class AlertmanagerApi
{
    private async Task ListSilencesAsync(HttpContext context)
    {
        if (SilencesQuery.Parse(new(context.Request.QueryString.Value), out var refusal) is not { } query)
        {
            await RefuseAsync(context, refusal!);
            return;
        }

        var all = await hub.SilencesAsync(context.RequestAborted);
        var now = time.GetUtcNow();
        var silences = all.All.Where(silence => query.Wants(silence, now));
        await AnswerJsonAsync(context, body => Answers.Silences(body, silences, now));
    }

    private async Task ShowSilenceAsync(HttpContext context, string id)
    {
        if (RequestForm.SilenceId(id) is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        var silences = await hub.SilencesAsync(context.RequestAborted);
        if (silences.Find(id) is not { } silence)
        {
            await RefuseAsync(context, Refusal.SilenceNotFound);
            return;
        }

        await AnswerJsonAsync(context, body => Answers.Silence(body, silence, time.GetUtcNow()));
    }

    private async Task PostSilenceAsync(HttpContext context)
    {
        using var share = admission.Bodies.Enter();
        if (await ReadBodyAsync(context, share) is not { } bytes)
        {
            return;
        }

        if (SilenceBody.Read(bytes.Span, shared, out var refusal) is not { } body)
        {
            await RefuseAsync(context, refusal!);
            return;
        }

        try
        {
            // A version 4 UUID, as Alertmanager's: amtool and its kin check the form.
            var newId = Guid.NewGuid().ToString();
            switch (await hub.SilenceAsync(body.Request, body.Id, newId, context.RequestAborted))
            {
                case SilenceOutcome.Kept kept:
                    Silenced(kept.Silence.Id, body.Request.CreatedBy, kept.Silence.EndsAt);
                    await AnswerJsonAsync(context, answer => Answers.SilenceId(answer, kept.Silence.Id));
                    break;
                case SilenceOutcome.Refused refused:
                    await RefuseAsync(context, Refusal.Invalid(refused.Objection));
                    break;
                default:
                    await RefuseAsync(context, Refusal.NoSuchSilence(body.Id ?? ""));
                    break;
            }
        }
        catch (StorageUnavailableException e)
        {
            NotStored(context.Request.Path, e.Message);
            await RefuseAsync(context, Refusal.Unavailable(e.Message));
        }
    }

    private async Task ExpireSilenceAsync(HttpContext context, string id)
    {
        var refusal = admission.Objection(context.Request) is { } objection
            ? Refusal.Forbidden(objection)
            : RequestForm.SilenceId(id);
        if (refusal is not null)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        try
        {
            if (!await hub.ExpireAsync(id, context.RequestAborted))
            {
                await RefuseAsync(context, Refusal.SilenceNotFound);
                return;
            }

            Expired(id);
        }
        catch (StorageUnavailableException e)
        {
            NotStored(context.Request.Path, e.Message);
            await RefuseAsync(context, Refusal.Unavailable(e.Message));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "silence {Id} of {Creator}, until {End:O}")]
    private partial void Silenced(string id, string creator, DateTimeOffset end);

    [LoggerMessage(Level = LogLevel.Information, Message = "silence {Id} was ended")]
    private partial void Expired(string id);
}
