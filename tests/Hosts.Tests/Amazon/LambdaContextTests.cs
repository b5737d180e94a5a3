using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class LambdaContextTests
{
    [Fact]
    public async Task A_handler_sees_the_invocation_and_its_function()
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        ILambdaContext? seen = null;
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream _, ILambdaContext context) =>
                {
                    seen = context;
                    return Task.CompletedTask;
                }
            ),
            new Dictionary<string, string>
            {
                ["AWS_LAMBDA_FUNCTION_NAME"] = "notifier",
                ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
                ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256",
                ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/notifier",
                ["AWS_LAMBDA_LOG_STREAM_NAME"] = "2026/11/20/[$LATEST]abc",
            },
            new FixedTime(DateTimeOffset.UnixEpoch)
        );

        await api.InvokeAsync(
            "{}",
            new()
            {
                RequestId = "r-1",
                Deadline = DateTimeOffset.UnixEpoch.AddSeconds(7.5),
                FunctionArn = "arn:aws:lambda:eu-west-1:1:function:notifier:live",
                TraceId = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
                ClientContext =
                    """{"client":{"installation_id":"i","app_title":"t"},"custom":{"c":"1"},"env":{"locale":"de"}}""",
                CognitoIdentity = """{"cognitoIdentityId":"id","cognitoIdentityPoolId":"pool"}""",
            }
        );

        Assert.NotNull(seen);
        Assert.Equal("r-1", seen.AwsRequestId);
        Assert.Equal("arn:aws:lambda:eu-west-1:1:function:notifier:live", seen.InvokedFunctionArn);
        Assert.Equal(TimeSpan.FromSeconds(7.5), seen.RemainingTime);
        Assert.Equal(("notifier", "$LATEST", 256), (seen.FunctionName, seen.FunctionVersion, seen.MemoryLimitInMB));
        Assert.Equal(("/aws/lambda/notifier", "2026/11/20/[$LATEST]abc"), (seen.LogGroupName, seen.LogStreamName));
        Assert.Equal(
            ("i", "t", ""),
            (
                seen.ClientContext?.Client.InstallationId,
                seen.ClientContext?.Client.AppTitle,
                seen.ClientContext?.Client.AppVersionCode
            )
        );
        Assert.Equal(("1", "de"), (seen.ClientContext?.Custom["c"], seen.ClientContext?.Environment["locale"]));
        Assert.Equal(("id", "pool"), (seen.Identity?.IdentityId, seen.Identity?.IdentityPoolId));
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1", function.Variables["_X_AMZN_TRACE_ID"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{not json")]
    public async Task A_caller_who_does_not_say_who_it_is_is_nobody(string? header)
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        ILambdaContext? seen = null;
        await using var function = new InProcessFunction(
            api,
            LambdaBootstrapBuilder.Create(
                (Stream _, ILambdaContext context) =>
                {
                    seen = context;
                    return Task.CompletedTask;
                }
            )
        );

        await api.InvokeAsync("{}", new() { ClientContext = header, CognitoIdentity = header });

        Assert.Null(seen?.ClientContext);
        Assert.Null(seen?.Identity);
        Assert.Null(function.Variables["_X_AMZN_TRACE_ID"]);
    }
}
