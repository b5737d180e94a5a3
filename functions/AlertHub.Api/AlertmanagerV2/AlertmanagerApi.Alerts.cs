using AlertHub.Alerts;
using AlertHub.Api.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.AlertmanagerV2;

public sealed partial class AlertmanagerApi
{
    private const string Version = "v2";

    private async Task ListAlertsAsync(HttpContext context)
    {
        if (AlertsQuery.Parse(new(context.Request.QueryString.Value), out var refusal) is not { } query)
        {
            await RefuseAsync(context, refusal!);
            return;
        }

        var state = await hub.ReadAsync(context.RequestAborted);
        var alerts = AlertListing.Alerts(state, hub.Settings.Rules, query, time.GetUtcNow());
        await AnswerJsonAsync(context, body => Answers.Alerts(body, alerts));
    }

    private async Task ListGroupsAsync(HttpContext context)
    {
        if (AlertsQuery.Parse(new(context.Request.QueryString.Value), out var refusal) is not { } query)
        {
            await RefuseAsync(context, refusal!);
            return;
        }

        var state = await hub.ReadAsync(context.RequestAborted);
        var groups = AlertListing.Groups(state, hub.Settings, query, time.GetUtcNow());
        await AnswerJsonAsync(context, body => Answers.Groups(body, groups));
    }

    private async Task PostAlertsAsync(HttpContext context)
    {
        using var share = admission.Bodies.Enter();
        if (await ReadBodyAsync(context, share) is not { } body)
        {
            return;
        }

        var start = time.GetTimestamp();
        if (AlertsBody.Read(body.Span, shared, out var refusal) is not { } posted)
        {
            Refused(context.Request.Path, refusal!.Status, refusal.Message);
            await RefuseAsync(context, refusal);
            return;
        }

        var now = time.GetUtcNow();
        var timeout = hub.Settings.Rules.Config.Alertmanager.Global.ResolveTimeout;
        var labels = WebAccess.LabelsOf(context);
        var taken = AlertsBody.Take(
            labels.Count == 0 ? posted : [.. posted.Select(alert => alert with { Labels = alert.Labels.With(labels) })],
            now,
            timeout,
            out refusal
        );
        try
        {
            // Those that can be kept are, whatever is wrong with others: their producer sends all of them again or none.
            if (taken.Count > 0)
            {
                await keeper.TakeAsync([new(null, taken)], context.RequestAborted);
            }
        }
        catch (StorageUnavailableException e)
        {
            NotStored(context.Request.Path, e.Message);
            await RefuseAsync(context, Refusal.Unavailable(e.Message));
            return;
        }

        Count(posted, now, posted.Count - taken.Count);
        metrics.AlertProcessing.Observe(time.GetElapsedTime(start));
        Took(taken.Count, posted.Count);
        if (refusal is not null)
        {
            Refused(context.Request.Path, refusal.Status, refusal.Message);
            await RefuseAsync(context, refusal);
        }
    }

    private void Count(IReadOnlyList<PostedAlert> posted, DateTimeOffset now, int invalid)
    {
        var resolved = posted.Count(alert => alert.EndsAt <= now);
        metrics.AlertsReceived["resolved", Version].Add(resolved);
        metrics.AlertsReceived["firing", Version].Add(posted.Count - resolved);
        metrics.AlertsInvalid[Version].Add(invalid);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "took {Taken} of {Posted} alerts")]
    private partial void Took(int taken, int posted);
}
