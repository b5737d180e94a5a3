using AlertHub.Tests.Support;
using SecurityGroupGuard.Events;

namespace AlertHub.Tests.SecurityGroups.Events;

public sealed class SampleEvents
{
    private static readonly string[] Names =
    [
        .. Samples.Names.Where(name => name.StartsWith("cloudtrail/", StringComparison.Ordinal)),
        .. Samples.Names.Where(name => name.StartsWith("config/", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> All { get; } = [.. Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_sample_event_is_read_as_approved(string sample) =>
        Approved.Matches(PathOf(sample), GuardText.Of(GuardEvent.Read(Samples.Bytes(sample), Some.Now)));

    [Fact]
    public void Every_approved_file_has_its_sample_event() =>
        Assert.Equal(
            [],
            Approved
                .Under("SecurityGroups")
                .Where(file =>
                    file.StartsWith("SecurityGroups/cloudtrail/", StringComparison.Ordinal)
                    || file.StartsWith("SecurityGroups/config/", StringComparison.Ordinal)
                )
                .Except(Names.Select(PathOf))
        );

    private static string PathOf(string sample) => $"SecurityGroups/{Path.ChangeExtension(sample, ".txt")}";
}
