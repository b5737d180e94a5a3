using System.Text.Json.Nodes;
using AlertHub.Alerts;
using AlertHub.Notifying;
using AlertHub.Picturing;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Picturing;

public sealed class PicturesOfNotifications
{
    private readonly List<ImageRequest> asked = [];

    [Fact]
    public async Task Where_nobody_can_be_asked_it_is_drawn()
    {
        var picture = await new Pictures(ask: null).OfAsync(Alarm("sns/metric-alarm"), default);

        Assert.NotNull(picture);
        Assert.Equal((800, 320), (picture.Width, picture.Height));
        Assert.Equal("Sum of HTTPCode_Target_5XX_Count", picture.Title);
        Assert.Equal(
            "Sum of HTTPCode_Target_5XX_Count: 24, 37 at 03:06 UTC on 14 Mar 2026; threshold > 10",
            picture.AltText
        );
        Assert.Equal((800, 320), Size(picture));
    }

    [Fact]
    public async Task CloudWatchs_own_picture_comes_first()
    {
        var theirs = Canvas(600, 400);

        var picture = await Asking(theirs).OfAsync(Alarm("sns/metric-alarm"), default);

        Assert.Equal(theirs, picture!.Png.ToArray());
        Assert.Equal((600, 400), (picture.Width, picture.Height));
        var request = Assert.Single(asked);
        Assert.Equal(("eu-west-1", "111122223333"), (request.Region, request.Account));
        Assert.Equal(800, (int?)JsonNode.Parse(request.Widget)!["width"]);
    }

    public static TheoryData<byte[]?> NoPictures { get; } =
    [
        null,
        [],
        [1, 2, 3],
        [.. "<html>"u8],
        Canvas(600, 400)[..20],
        Canvas(9000, 1),
        [.. Canvas(600, 400), .. new byte[1024 * 1024]],
    ];

    [Theory]
    [MemberData(nameof(NoPictures))]
    public async Task What_is_none_is_drawn_instead(byte[]? answer)
    {
        var picture = await Asking(answer).OfAsync(Alarm("sns/metric-alarm"), default);

        Assert.Equal((800, 320), Size(picture!));
        Assert.Single(asked);
    }

    [Fact]
    public async Task Where_the_alarm_has_no_data_CloudWatch_may_have_some()
    {
        Assert.Null(await Asking(null).OfAsync(Alarm("sns/metric-insufficient-data"), default));

        var picture = await Asking(Canvas(600, 400)).OfAsync(Alarm("sns/metric-insufficient-data"), default);
        Assert.DoesNotContain("UTC", picture!.AltText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_none_of_what_measures_nothing()
    {
        Assert.Null(await Asking(Canvas(600, 400)).OfAsync(Alarm("sns/composite"), default));
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Of_several_alerts_the_first_that_fires_is_shown_and_CloudWatch_asked_once()
    {
        Alert[] alerts =
        [
            Some.Alert(),
            .. Alarm("sns/metric-ok").Alerts,
            .. Alarm("sns/percentile").Alerts,
            .. Alarm("sns/metric-alarm").Alerts,
        ];

        var picture = await Asking(null).OfAsync(Some.Notification(alerts), default);

        Assert.Equal("p99 of TargetResponseTime", picture!.Title);
        Assert.Single(asked);
    }

    [Fact]
    public async Task An_alert_may_be_annotated_by_whoever_posts_it()
    {
        var alert = Some.Alert(
            "HighLoad",
            annotations: Some.Labels((Annotation.Chart, """{"from":1773457440,"points":[[0,1],[60,2.5]]}"""))
        );

        var picture = await Asking(null).OfAsync(Some.Notification(alert), default);

        Assert.Equal("HighLoad: 1, 2.5 at 03:05 UTC on 14 Mar 2026", picture!.AltText);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Who_stops_waiting_is_not_given_a_drawing()
    {
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        var pictures = new Pictures(
            static (_, cancellationToken) => Task.FromCanceled<ReadOnlyMemory<byte>?>(cancellationToken)
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            pictures.OfAsync(Alarm("sns/metric-alarm"), ended.Token)
        );
    }

    private Pictures Asking(byte[]? answer) =>
        new(
            (request, _) =>
            {
                asked.Add(request);
                return Task.FromResult<ReadOnlyMemory<byte>?>(answer is null ? null : answer.AsMemory());
            }
        );

    private static Notification Alarm(string sample) =>
        Assert.Single(Some.NotificationsOf(Samples.Bytes($"{sample}.json")));

    private static byte[] Canvas(int width, int height) => Png.Encode(new(width, height, new(1, 2, 3)));

    private static (int, int) Size(Picture picture)
    {
        var decoded = DecodedPng.Of(picture.Png.ToArray());
        return (decoded.Width, decoded.Height);
    }
}
