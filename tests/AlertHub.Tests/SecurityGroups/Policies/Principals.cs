using System.Text.RegularExpressions;
using AlertHub.Tests.Support;
using FsCheck.Fluent;
using SecurityGroupGuard.Policies;

namespace AlertHub.Tests.SecurityGroups.Policies;

public sealed class Principals
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("guard-principals.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_pattern_is_met_part_by_part(string[] row)
    {
        var pattern = PrincipalPattern.Parse(row[0], out var objection);

        Assert.Null(objection);
        Assert.Equal(row[2] == "yes", pattern!.IsMatch(row[1]));
    }

    [Fact]
    public void Nobody_meets_no_pattern() => Assert.False(PrincipalPattern.Parse("*", out _)!.IsMatch(null));

    [Fact]
    public void A_glob_is_met_by_what_its_regular_expression_matches() =>
        Properties.ForAll(
            from pattern in Gen.Elements('a', 'b', '*', '?', '/').ArrayOf(8)
            from text in Gen.Elements('a', 'b', '/', 'A').ArrayOf(10)
            from few in Gen.Choose(0, 8)
            from many in Gen.Choose(0, 10)
            select (Pattern: new string(pattern[..few]), Text: new string(text[..many])),
            pair =>
                Assert.Equal(
                    Regex.IsMatch(
                        pair.Text,
                        $"^{Regex.Escape(pair.Pattern).Replace("\\*", ".*").Replace("\\?", ".")}\\z",
                        RegexOptions.Singleline
                    ),
                    new Glob(pair.Pattern).IsMatch(pair.Text)
                ),
            tests: 5000
        );

    [Fact]
    public void A_pattern_of_many_stars_takes_no_longer_than_another() =>
        Assert.False(new Glob(string.Concat(Enumerable.Repeat("*a", 2000)) + "b").IsMatch(new string('a', 20_000)));
}
