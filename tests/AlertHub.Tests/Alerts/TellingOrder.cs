using AlertHub.Alerts;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Alerts;

public sealed class TellingOrder
{
    private static readonly Labels[] InOrder = [.. Repository.Cases("telling-order.txt").Select(row => Read(row[0]))];

    [Fact]
    public void Alerts_are_told_by_job_by_instance_and_by_labels() =>
        Properties.ForAll(
            Gen.Shuffle(InOrder),
            shuffled => Assert.Equal(InOrder, shuffled.Order(AlertOrder.Labels)),
            tests: 50
        );

    private static Labels Read(string labels) =>
        Labels.Of(
            labels
                .Split(';', StringSplitOptions.TrimEntries)
                .Select(label => label.Split('='))
                .Select(parts => new Label(parts[0], parts[1]))
        );
}
