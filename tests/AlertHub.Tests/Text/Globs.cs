using AlertHub.Tests.Support;
using AlertHub.Text;

namespace AlertHub.Tests.Text;

public sealed class Globs
{
    private static readonly string[] Names =
    [
        .. "a abc abd ac a.tmpl .tmpl x bx * ] - ζ α aaaaaaaaab aaaaaaaa [x] xyz 1x2y3z4 a]".Split(' '),
        "",
    ];

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("globs.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_pattern_matches_the_names_that_Go_says(string[] row)
    {
        var (pattern, expected) = (row[0], row[1]);

        Assert.Equal(expected == "!", GoGlob.Objection(pattern) is not null);
        if (expected != "!")
        {
            Assert.Equal(
                expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
                Names
                    .Where(name => GoGlob.IsMatch(pattern, name))
                    .Select(name => name.Length == 0 ? "\"\"" : name)
                    .Order(StringComparer.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("a*", "a/b")]
    [InlineData("a?b", "a/b")]
    public void Nothing_but_a_slash_stands_for_a_slash(string pattern, string name) =>
        Assert.False(GoGlob.IsMatch(pattern, name));

    [Fact]
    public void Many_stars_take_no_longer_than_few() =>
        Assert.False(GoGlob.IsMatch(string.Concat(Enumerable.Repeat("a*", 1000)) + "b", new string('a', 5000)));

    [Fact]
    public void Any_pattern_is_judged() =>
        Properties.ForAll(
            Properties.Text,
            pattern =>
            {
                if (GoGlob.Objection(pattern) is null)
                {
                    GoGlob.IsMatch(pattern, "alertname");
                }
            }
        );
}
