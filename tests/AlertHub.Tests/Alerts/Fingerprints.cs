using System.Globalization;
using System.Text;
using System.Text.Json;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Alerts;

public sealed class Fingerprints
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("fingerprints.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_fingerprint_is_Alertmanagers(string[] row)
    {
        var (labels, fingerprint) = (row[0], row[1]);
        var set = Some.Labels(
            from pair in labels.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            let parts = pair.Split('=')
            select (parts[0], parts[1])
        );

        Assert.Equal(fingerprint, set.FingerprintText);
        Assert.Equal(ulong.Parse(fingerprint, NumberStyles.HexNumber, null), set.Fingerprint);
    }

    [Theory]
    [InlineData("alertmanager/mixed-group-of-twelve.json")]
    [InlineData("alertmanager/utf8-names.json")]
    [InlineData("alertmanager/without-alertname.json")]
    [InlineData("grafana/no-data.json")]
    public void The_sender_of_a_webhook_made_the_same_one(string sample)
    {
        using var document = JsonDocument.Parse(Samples.Bytes(sample));

        foreach (var alert in document.RootElement.GetProperty("alerts").EnumerateArray())
        {
            var labels = Some.Labels(
                alert.GetProperty("labels").EnumerateObject().Select(l => (l.Name, l.Value.GetString()!))
            );
            Assert.Equal(alert.GetProperty("fingerprint").GetString(), labels.FingerprintText);
        }
    }

    [Theory]
    [InlineData(85)]
    [InlineData(86)]
    [InlineData(255)]
    [InlineData(100_000)]
    public void Long_values_are_hashed_whole(int length)
    {
        var almost = new string('x', length - 1);

        Assert.NotEqual(Some.Labels(("a", almost + "y")).Fingerprint, Some.Labels(("a", almost + "z")).Fingerprint);
        Assert.Equal(Reference(("a", almost + "ü")), Some.Labels(("a", almost + "ü")).Fingerprint);
    }

    [Fact]
    public void Where_a_name_ends_and_its_value_begins_counts() =>
        Assert.NotEqual(Some.Labels(("ab", "c")).Fingerprint, Some.Labels(("a", "bc")).Fingerprint);

    [Fact]
    public void It_is_the_reference_algorithm_whatever_the_labels() =>
        Properties.ForAll(
            Properties.Pairs,
            pairs =>
            {
                var labels = Some.Labels(pairs);
                Assert.Equal(Reference([.. labels.Select(l => (l.Name, l.Value))]), labels.Fingerprint);
            }
        );

    /// <summary>FNV-1a written down once more, plainly.</summary>
    private static ulong Reference(params (string Name, string Value)[] sorted) =>
        sorted
            .SelectMany(l =>
                (byte[])[.. Encoding.UTF8.GetBytes(l.Name), 0xFF, .. Encoding.UTF8.GetBytes(l.Value), 0xFF]
            )
            .Aggregate(0xcbf29ce484222325UL, (hash, b) => (hash ^ b) * 0x100000001b3UL);
}
