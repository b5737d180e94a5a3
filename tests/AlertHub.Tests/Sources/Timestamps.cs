using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

public sealed class Timestamps
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("timestamps.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_time_is_read_as_its_producer_meant_it(string[] row) =>
        Assert.Equal(row[1], Timestamp.Parse(row[0])?.ToString("O") ?? "");
}
