using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using Amazon.Lambda.Core;

namespace AlertHub.Lambda;

/// <summary>Any function: an event in, a response out.</summary>
internal delegate Task<Stream> Handler(Stream input, ILambdaContext context);

/// <summary>The functions, each wired once per environment.</summary>
internal static class Composition
{
    /// <exception cref="SettingException">An environment variable is missing or cannot be used.</exception>
    public static Handler Compose(Func<string, string?> variable) =>
        variable(Names.FunctionVariable) switch
        {
            Names.SlackNotifier => SlackNotifier(variable).HandleAsync,
            null or "" => throw new SettingException(
                $"{Names.FunctionVariable} is not set; set it to the function to run: {Names.SlackNotifier}"
            ),
            { } unknown => throw new SettingException(
                $"{Names.FunctionVariable} is '{unknown}', which is no function of this program; set it to: {Names.SlackNotifier}"
            ),
        };

    private static SlackNotifier SlackNotifier(Func<string, string?> variable)
    {
        if (variable(Names.SlackWebhookVariable) is not { } webhook || string.IsNullOrWhiteSpace(webhook))
        {
            throw new SettingException(
                $"{Names.SlackWebhookVariable} is not set; set it to the webhook's URL or a reference to it (ssm:/name, env:NAME, file:/path)"
            );
        }

        var reference = SecretReference.Parse(webhook);
        if (reference is SecretReference.Literal literal && SlackChannel.Problem(literal.Value) is { } problem)
        {
            throw new SettingException($"{Names.SlackWebhookVariable}: {problem}");
        }

        var time = TimeProvider.System;
        var secrets = SecretSources.Create(variable, time);
        var http = HttpDelivery.Create(time);
        return new(new SlackChannel(reference, secrets, http), time, Random.Shared);
    }
}

/// <summary>The environment does not say what it must. The message says which variable and what to set.</summary>
public sealed class SettingException(string message) : Exception(message);
