using AlertHub.Configuration;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration.Receivers;

/// <summary>Every case of Cases/receivers.txt; Hosts.Tests asks amtool about the same ones.</summary>
public sealed class ReceiverRules
{
    public static TheoryData<string> Good { get; } = [.. Names(isGood: true)];

    public static TheoryData<string> Bad { get; } = [.. Names(isGood: false)];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_one_loads_without_a_word(string name)
    {
        var config = AlertmanagerConfig.Load(ReceiverCase.Named(name).Document, "alertmanager.yml", out var problems);

        Assert.Empty(problems);
        Assert.NotNull(config);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_one_is_refused_in_its_place_and_by_name(string name)
    {
        var given = ReceiverCase.Named(name);

        var config = AlertmanagerConfig.Load(
            given.Document,
            "alertmanager.yml",
            out var problems,
            static option =>
                option.Text.EndsWith("}}", StringComparison.Ordinal)
                    ? []
                    : [new(option.File, option.At, "it does not end") { IsSyntax = true }]
        );

        Assert.Null(config);
        Assert.Contains(
            problems,
            p =>
                p.IsError
                && $"{p}".Contains(given.Word, StringComparison.Ordinal)
                && p.Path.StartsWith($"receivers[0].{given.Kind}_configs[0]", StringComparison.Ordinal)
        );
    }

    /// <summary>What it prints is a configuration, and prints the same.</summary>
    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_one_prints_as_what_loads_to_the_same(string name)
    {
        var printed = AlertmanagerConfig.Load(ReceiverCase.Named(name).Document, "given", out _)?.Print() ?? "";

        var again = AlertmanagerConfig.Load(printed, "printed", out var problems);

        Assert.Empty(problems);
        Assert.Equal(printed, again?.Print());
    }

    private static IEnumerable<string> Names(bool isGood) =>
        ReceiverCase.All.Where(c => c.IsGood == isGood).Select(static c => $"{c}");
}
