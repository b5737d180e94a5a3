using AlertHub.Matching;

namespace AlertHub.Tests.Matching;

public sealed class MatcherValues
{
    [Theory]
    [InlineData("a=b", "b")]
    [InlineData("a=\"\"", "")]
    [InlineData("a=~\"b|c\"", "b,c")]
    [InlineData("a=~\"b?\"", ",b")]
    public void The_values_of_an_index_are_all_those_that_match(string matcher, string values) =>
        Assert.Equal(values.Split(','), MatcherSyntax.ParseOne(matcher, out _)!.Values!.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("a!=b")]
    [InlineData("a!~b")]
    [InlineData("a=~\"b.*\"")]
    public void What_matches_more_than_can_be_listed_has_none(string matcher) =>
        Assert.Null(MatcherSyntax.ParseOne(matcher, out _)!.Values);
}
