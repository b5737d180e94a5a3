using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda;

/// <summary>A function's process with all that it talks to: Lambda, Parameter Store, Slack.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    private RunningFunction(LambdaRuntimeApi lambda, FakeAws parameterStore, RecordingSlack slack, ChildProcess process)
    {
        Lambda = lambda;
        ParameterStore = parameterStore;
        Slack = slack;
        Process = process;
    }

    public LambdaRuntimeApi Lambda { get; }

    public FakeAws ParameterStore { get; }

    public RecordingSlack Slack { get; }

    public ChildProcess Process { get; }

    /// <summary>With the webhook where the template looks for it, unless <paramref name="parameter"/> answers otherwise.</summary>
    public static async Task<RunningFunction> StartAsync(
        AppAssembly assembly,
        IReadOnlyDictionary<string, string?>? environment = null,
        Func<RecordingSlack, FakeAwsAnswer[]>? parameter = null,
        Func<RecordingSlack, string>? apiUrl = null
    )
    {
        var lambda = await LambdaRuntimeApi.StartAsync();
        var slack = await RecordingSlack.StartAsync();
        var parameterStore = await FakeAws.StartAsync(parameter?.Invoke(slack) ?? [Parameter(slack.Webhook)]);
        var variables = new Dictionary<string, string?> { ["AWS_ENDPOINT_URL_SSM"] = parameterStore.Url };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            variables[name] = value;
        }

        if (apiUrl is not null)
        {
            variables["SLACK_API_URL"] = apiUrl(slack);
        }

        return new(lambda, parameterStore, slack, new SynthesizedFunction(assembly).Start(lambda, variables));
    }

    public static FakeAwsAnswer Parameter(string value) =>
        FakeAwsAnswer.Json(
            $$$"""{"Parameter":{"Name":"/alerthub/slack-webhook-url","Type":"SecureString","Value":"{{{value}}}","Version":1}}"""
        );

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Lambda.DisposeAsync();
        await ParameterStore.DisposeAsync();
        await Slack.DisposeAsync();
    }
}
