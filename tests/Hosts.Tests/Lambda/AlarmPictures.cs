using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertHub.Lambda.Functions;
using AlertHub.Notifying;
using AlertHub.Picturing;
using AlertHub.Sources;
using AlertHub.Tests.Support;
using Amazon;
using Amazon.AwsJson;
using Amazon.CloudWatch;
using Amazon.Runtime;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda;

/// <summary>From an alarm's message to its picture, by way of CloudWatch or without it.</summary>
public sealed partial class AlarmPictures : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 25, 0, TimeSpan.Zero);

    private readonly RecordedLog<MetricImages> log = new();
    private readonly ManualClock clock = new(Now);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sns/metric-alarm.json")]
    [InlineData("sns/metric-math.json")]
    [InlineData("sns/anomaly-detection.json")]
    [InlineData("eventbridge/metric-ok.json")]
    public async Task What_CloudWatch_is_sent_is_what_botocore_sends(string sample)
    {
        await using var aws = await FakeAws.StartAsync(Image([1, 2, 3]));

        await PictureAsync(aws, sample);

        var sent = Assert.Single(aws.Requests);
        var body = JsonNode.Parse(sent.Body)!;
        var botocore = Assert.Single(
            await Botocore.AskAsync(
                new JsonObject
                {
                    ["ask"] = "request",
                    ["service"] = "cloudwatch",
                    ["operation"] = "GetMetricWidgetImage",
                    ["params"] = body.DeepClone(),
                }
            )
        );
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(botocore.GetProperty("body").GetRawText()), body));
        Assert.NotEmpty(JsonNode.Parse((string?)body["MetricWidget"] ?? "")!["metrics"]!.AsArray());
    }

    [Fact]
    public async Task CloudWatchs_picture_is_taken()
    {
        var theirs = await PictureAsync(null, "sns/metric-math.json");
        await using var aws = await FakeAws.StartAsync(Image(theirs!.Png.ToArray()));

        var picture = await PictureAsync(aws, "sns/metric-alarm.json");

        Assert.Equal(theirs.Png.ToArray(), picture!.Png.ToArray());
        Assert.StartsWith("Sum of HTTPCode_Target_5XX_Count: 24, 37", picture.AltText, StringComparison.Ordinal);
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData(403, "AccessDenied", "AccessDenied")]
    [InlineData(400, "Throttling", "Throttling")]
    [InlineData(400, "InvalidParameterValue", "InvalidParameterValue")]
    public async Task What_CloudWatch_refuses_is_drawn_here(int status, string type, string reason)
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(status, type));

        Assert.NotNull(await PictureAsync(aws, "sns/metric-alarm.json"));
        Assert.Equal(
            $"Warning: CloudWatch gave no graph: {reason}; it is drawn from what the alarm tells",
            Assert.Single(log.Lines)
        );
    }

    [Fact]
    public async Task An_answer_without_a_picture_is_none()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Json("{}"));

        Assert.NotNull(await PictureAsync(aws, "sns/metric-alarm.json"));
        Assert.Contains("the answer has none", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_long_for_CloudWatch()
    {
        await using var aws = await FakeAws.StartAsync(new FakeAwsAnswer { Hangs = true });

        var picture = PictureAsync(aws, "sns/metric-alarm.json");
        await clock.WaitedForAsync(static at => at == Now + MetricImages.Patience);
        clock.Advance(MetricImages.Patience);

        Assert.NotNull(await picture);
        Assert.Contains("it took longer than 3 s", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_waiting_is_told_so()
    {
        await using var aws = await FakeAws.StartAsync(new FakeAwsAnswer { Hangs = true });
        using var caller = new CancellationTokenSource();

        var picture = PictureAsync(aws, "sns/metric-alarm.json", cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => picture);
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData("sns/partition-aws-us-gov.json", null, "GovCloud has none")]
    [InlineData("sns/metric-alarm.json", "444455556666", "the alarm is of account 111122223333")]
    public async Task Where_CloudWatch_has_no_graph_it_is_not_asked(string sample, string? account, string objection)
    {
        await using var aws = await FakeAws.StartAsync(Image([1, 2, 3]));

        Assert.NotNull(await PictureAsync(aws, sample, account));
        Assert.Empty(aws.Requests);
        Assert.Equal($"Debug: CloudWatch is not asked for a graph: {objection}", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task A_browser_shows_what_is_drawn_here()
    {
        var picture = await PictureAsync(null, "sns/metric-alarm.json");
        // What is decoded is drawn on a canvas, and looked through there for paper, frame, title, trouble, and what is not in it.
        var page = folder.File("page.html");
        await File.WriteAllTextAsync(
            page,
            $$"""
            <img id=picture src="data:image/png;base64,{{Convert.ToBase64String(picture!.Png.Span)}}">
            <script>
            onload = () => {
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
              const context = canvas.getContext('2d');
              context.drawImage(picture, 0, 0);
              const colours = new Set();
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              for (let i = 0; i < data.length; i += 4) colours.add(data.slice(i, i + 4).join());
              document.body.append(`shown: ${canvas.width} x ${canvas.height}; ${['255,255,255', '217,220,225', '29,28,29', '201,37,45', '1,2,3'].map(c => colours.has(c + ',255')).join(' ')}.`);
            };
            </script>
            """
        );

        await using var browser = ChildProcess.Start(
            "chromium",
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                $"--user-data-dir={folder.File("profile")}",
                "--virtual-time-budget=5000",
                "--dump-dom",
                new Uri(page).AbsoluteUri,
            ]
        );
        Assert.Equal(0, await browser.ExitAsync());

        Assert.Equal("shown: 800 x 320; true true true true false.", Shown().Match(browser.Written.Output).Value);
    }

    private async Task<Picture?> PictureAsync(
        FakeAws? aws,
        string sample,
        string? account = "111122223333",
        CancellationToken cancellationToken = default
    )
    {
        var notification = Notification(sample);
        if (aws is null)
        {
            return await new Pictures(ask: null).OfAsync(notification, cancellationToken);
        }

        using var client = new AmazonCloudWatchClient(
            new AwsClientSettings
            {
                ServiceUrl = aws.Url,
                Region = RegionEndpoint.EUCentral1,
                Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
                MaxErrorRetry = 0,
            }
        );
        var images = new MetricImages(client, account, clock, log);
        return await new Pictures(images.AskAsync).OfAsync(notification, cancellationToken);
    }

    private static Notification Notification(string sample) =>
        Source.Tell(Assert.Single(Envelope.Open(File.ReadAllBytes(Repository.File("events", sample)), Now)));

    private static FakeAwsAnswer Image(byte[] png) =>
        FakeAwsAnswer.Json($$"""{"MetricWidgetImage":"{{Convert.ToBase64String(png)}}"}""");

    [GeneratedRegex("shown: [0-9].*?\\.")]
    private static partial Regex Shown();
}
