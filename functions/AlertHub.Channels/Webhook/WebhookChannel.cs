using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;
using AlertHub.Notifying;

namespace AlertHub.Channels.Webhook;

/// <summary>
/// A notification as JSON, posted to any URL
/// (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config). Any 2xx takes it. As Alertmanager, but 408, 425
/// and 429 are tried again, Retry-After is honoured, and a redirect that would lose the body is refused and not followed.
/// Alertmanager has no limit of its own for a request without <c>timeout</c>; here it is <see cref="HttpDelivery.Timeout"/>.
/// </summary>
internal sealed class WebhookChannel(WebhookConfig config, ChannelParts parts, HttpDelivery http) : IChannel
{
    public string Name => "webhook";

    public async Task<DeliveryResult> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Body(notification, out var objection) is not { } body)
        {
            return new DeliveryResult.Refused($"the webhook's payload cannot be made: {objection}");
        }

        string address;
        try
        {
            var secret = await parts.Secrets.GetAsync(Address, refresh: false, cancellationToken).ConfigureAwait(false);
            address = secret.Reveal();
        }
        catch (SecretUnavailableException e)
        {
            return new DeliveryResult.TryLater(e.Message);
        }

        if (Url(address, notification, out objection) is not { } url)
        {
            return new DeliveryResult.Refused($"the webhook's URL {objection}");
        }

        var timeout = config.Timeout > TimeSpan.Zero ? config.Timeout : HttpDelivery.Timeout;
        var outcome = await http.PostAsync(url, body, "application/json", timeout, cancellationToken)
            .ConfigureAwait(false);
        return Result(outcome, url);
    }

    /// <summary>A file is read at each delivery.</summary>
    private SecretReference Address =>
        config.UrlFile.Length > 0
            ? new SecretReference.FromFile(config.UrlFile)
            : config.Url ?? new SecretReference.Literal(new(""));

    /// <summary>Neither the address nor what is wrong with it as a template is told: both may hold the secret.</summary>
    private Uri? Url(string address, Notification notification, out string? objection)
    {
        if (parts.Templates.Render(address, notification.First(config.MaxAlerts), out _) is not { } rendered)
        {
            objection = "is a template that fails; the command \"check\" says why";
            return null;
        }

        var isUrl = Uri.TryCreate(rendered.Trim(), UriKind.Absolute, out var url);
        objection = isUrl && url?.Scheme is "http" or "https" ? null : "does not become one of http:// or https://";
        return objection is null ? url : null;
    }

    private byte[]? Body(Notification notification, out string? objection)
    {
        objection = null;
        return config.Payload is { } payload
            ? PayloadTemplate.Render(payload, parts.Templates, notification.First(config.MaxAlerts), out objection)
            : WebhookPayload.Render(notification, config.MaxAlerts);
    }

    private static DeliveryResult Result(HttpOutcome outcome, Uri url) =>
        outcome switch
        {
            HttpOutcome.Failed failed => failed.Result,
            HttpOutcome.Answered answer => answer.ToResult(
                $"{url.Authority} answered {(int)answer.Status} {answer.Shown}{Remedy((int)answer.Status)}"
            ),
            _ => throw new InvalidOperationException($"an outcome of no known kind: {outcome.GetType().Name}"),
        };

    private static string Remedy(int status) =>
        status is >= 300 and < 400 ? ": this redirect is not followed; give the URL to which it leads" : "";
}
