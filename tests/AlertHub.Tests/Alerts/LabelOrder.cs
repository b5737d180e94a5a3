using System.Text;
using System.Text.RegularExpressions;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Alerts;

public sealed class LabelOrder
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("label-order.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void Names_stand_in_the_order_of_their_bytes(string[] names)
    {
        var expected = names.Select(Regex.Unescape).ToArray();

        var labels = Some.Labels(expected.Reverse().Select(name => (name, "v")));

        Assert.Equal(expected, labels.Select(l => l.Name));
    }

    [Fact]
    public void The_order_is_that_of_the_bytes_whatever_the_names() =>
        Properties.ForAll(
            Properties.Pairs,
            pairs =>
            {
                var names = Some.Labels(pairs.Where(p => WellFormed(p.Name))).Select(l => l.Name).ToArray();
                for (var i = 1; i < names.Length; i++)
                {
                    Assert.True(
                        Encoding
                            .UTF8.GetBytes(names[i - 1])
                            .AsSpan()
                            .SequenceCompareTo(Encoding.UTF8.GetBytes(names[i])) < 0,
                        $"\"{names[i - 1]}\" stands before \"{names[i]}\""
                    );
                }
            }
        );

    [Fact]
    public void The_order_they_are_given_in_makes_no_difference() =>
        Properties.ForAll(
            Properties.Pairs,
            pairs =>
            {
                var unique = pairs.DistinctBy(p => p.Name).ToArray();
                Assert.Equal(Some.Labels(unique), Some.Labels(unique.Reverse()));
            }
        );

    [Fact]
    public void Of_a_name_given_twice_the_last_value_stands() =>
        Assert.Equal("2", Assert.Single(Some.Labels(("a", "1"), ("a", "2"))).Value);

    private static bool WellFormed(string text) => text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
