using System.Text;
using System.Text.RegularExpressions;
using AlertHub.Sources;
using AlertHub.Sources.Aws;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

/// <summary>Kinds of message that AWS sends, and their samples in events/aws.</summary>
public sealed partial class AwsKindsSampled
{
    private const string Folder = "aws/";

    public static TheoryData<string> AwsSamples { get; } =
    [.. Samples.Names.Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))];

    [Fact]
    public void Every_kind_has_a_sample() =>
        Assert.All(AwsKinds.All, static kind => Assert.Contains(Samples.Names, sample => IsOf(sample, kind.Name)));

    [Fact]
    public void No_kind_is_named_twice() =>
        Assert.Equal(AwsKinds.All.Count, AwsKinds.All.DistinctBy(static kind => kind.Name).Count());

    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_sample_is_of_the_kind_in_its_name(string sample)
    {
        foreach (var message in Envelope.Open(Samples.Bytes(sample), Some.Now))
        {
            Assert.True(IsOf(sample, Source.Read(message).Kind), $"{sample} was read as {Source.Read(message).Kind}");
        }
    }

    /// <summary>Whatever of a member is missing, null or of another type: it is an alert, and nothing is thrown.</summary>
    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_sample_with_anything_missing_or_of_another_type_is_an_alert(string sample)
    {
        var whole = Samples.Bytes(sample);
        Inbound[] changed =
        [
            .. Mutations.Of(whole).SelectMany(static bytes => Envelope.Open(bytes, Some.Now)),
            .. Envelope
                .Open(whole, Some.Now)
                .Where(static message => message.Topic is not null)
                .SelectMany(static message =>
                    Mutations.Of(message.Body.ToArray()).Select(bytes => message with { Body = bytes })
                ),
        ];

        Assert.All(changed, static message => Assert.NotEmpty(Source.Read(message).Alerts));
    }

    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_sample_with_numbers_as_large_as_they_get_is_an_alert(string sample)
    {
        foreach (var message in Envelope.Open(Samples.Bytes(sample), Some.Now))
        {
            var body = Encoding.UTF8.GetString(message.Body.Span);
            foreach (
                var number in (string[])["79228162514264337593543950335", "-79228162514264337593543950335", "1e400"]
            )
            {
                var changed = Numbers().Replace(body, number);

                Assert.NotEmpty(Source.Read(message with { Body = Encoding.UTF8.GetBytes(changed) }).Alerts);
            }
        }
    }

    /// <summary>At either end, wherever that is.</summary>
    [Theory]
    [MemberData(nameof(AwsSamples))]
    public void A_text_that_was_cut_is_an_alert(string sample)
    {
        foreach (var message in Envelope.Open(Samples.Bytes(sample), Some.Now))
        {
            if (ForeignJson.Parse(message.Body) is not null)
            {
                continue;
            }

            for (var length = 0; length < message.Body.Length; length++)
            {
                Assert.NotEmpty(Source.Read(message with { Body = message.Body[..length] }).Alerts);
                Assert.NotEmpty(Source.Read(message with { Body = message.Body[length..] }).Alerts);
            }
        }
    }

    private static bool IsOf(string sample, string kind) =>
        sample.StartsWith($"{Folder}{kind}.", StringComparison.Ordinal)
        || sample.StartsWith($"{Folder}{kind}-", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=[:,\[]\s*)-?\d+(?:\.\d+)?(?=\s*[,}\]])", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
