using System.Text.Json;
using AlertHub.Tests.Support;
using AlertHub.Text;

namespace AlertHub.Tests.Text;

public sealed class RegularExpressionCases
{
    public static TheoryData<string[]> Matches { get; } = [.. Repository.Cases("re2.txt", '¦')];

    public static TheoryData<string[]> Refused { get; } = [.. Repository.Cases("re2-refused.txt", '¦')];

    public static TheoryData<string[]> Replaced { get; } = [.. Repository.Cases("re2-replace.txt", '¦')];

    [Theory]
    [MemberData(nameof(Matches))]
    public void A_text_matches_where_it_does_in_Go(string[] row)
    {
        var (whole, part) = (Re2.Whole(row[0], out var one), Re2.Search(row[0], out var other));
        Assert.Null(one);
        Assert.Null(other);

        var text = Json(row[1]);
        Assert.Equal(row[2] == "whole", whole!.IsMatch(text));
        Assert.Equal(row[2] is "whole" or "part", part!.IsMatch(text));
        if (whole.Literals is { } literals)
        {
            Assert.Equal(row[2] == "whole", literals.Contains(text));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_Go_refuses_is_refused_with_the_reason(string[] row)
    {
        Assert.Null(Re2.Whole(row[0], out _));
        Assert.Null(Re2.Search(row[0], out var objection));
        Assert.StartsWith($"the regular expression \"{row[0]}\" cannot be read: ", objection, StringComparison.Ordinal);
        Assert.Contains(row[1], objection, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Replaced))]
    public void Matches_are_replaced_as_in_Go(string[] row) =>
        Assert.Equal(Json(row[3]), Re2.Search(row[0], out _)!.ReplaceAll(Json(row[1]), Json(row[2])));

    /// <summary>Go 1.22 took them up; the table is Go 1.19's.</summary>
    [Theory]
    [InlineData("(?<year>[0-9]{4})", "$year!", "2026!")]
    [InlineData("(?<a_1>x)?", "$a_1", "2026")]
    public void Names_are_also_written_without_a_P(string pattern, string replacement, string result) =>
        Assert.Equal(result, Re2.Search(pattern, out _)!.ReplaceAll("2026", replacement));

    /// <summary>As Go 1.25 takes them up; the table is Go 1.19's.</summary>
    [Theory]
    [InlineData(@"\p{Letter}", "é")]
    [InlineData(@"\p{uppercase_letter}", "É")]
    [InlineData(@"\p{greek}", "α")]
    [InlineData(@"\p{Old Italic}", "𐌀")]
    [InlineData(@"\p{ASCII}", "a")]
    [InlineData(@"\p{Assigned}", "a")]
    [InlineData(@"\p{Cn}", "\u0378")]
    [InlineData(@"\p{LC}", "ǅ")]
    [InlineData(@"\p{C}", "\u0001")]
    [InlineData(@"[^\p{any}]|x", "x")]
    public void Classes_have_long_names_in_any_case(string pattern, string match) =>
        Assert.True(Re2.Whole(pattern, out _)!.IsMatch(match));

    /// <summary>Alertmanager puts ^(?: and )$ around the text and parses what that gives.</summary>
    [Fact]
    public void What_is_balanced_only_in_its_wrapping_is_understood()
    {
        var expression = Re2.Whole("a)|(b", out _)!;

        Assert.True(expression.IsMatch("ax"));
        Assert.True(expression.IsMatch("xb"));
        Assert.False(expression.IsMatch("xa"));
        Assert.Null(Re2.Search("a)|(b", out _));
        Assert.Null(Re2.Whole(@"\Qa", out _));
    }

    [Theory]
    [InlineData("(a", "\")\" is missing (at \"(a\")")]
    [InlineData("a)", "\")\" closes nothing")]
    [InlineData("[a", "\"]\" is missing (at \"[a\")")]
    public void Nobody_reads_of_the_wrapping(string pattern, string reason)
    {
        Assert.Null(Re2.Whole(pattern, out var objection));
        Assert.EndsWith(reason, objection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a|b|a", "a b")]
    [InlineData("(warning|critical)", "critical warning")]
    [InlineData("5[0-2]x?", "50 50x 51 51x 52 52x")]
    [InlineData("(?i)a", "A a")]
    [InlineData(
        "(eu|us)-(west|east)-[12]",
        "eu-east-1 eu-east-2 eu-west-1 eu-west-2 us-east-1 us-east-2 us-west-1 us-west-2"
    )]
    [InlineData("a{3}|(?:bc){2}", "aaa bcbc")]
    [InlineData("", "")]
    public void A_list_of_texts_is_known_as_one(string pattern, string texts) =>
        Assert.Equal(texts.Split(' '), Re2.Whole(pattern, out _)!.Literals!.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(".")]
    [InlineData("a*")]
    [InlineData("[^a]")]
    [InlineData("^a|b")]
    [InlineData("a)|(b")]
    [InlineData(@"a\b")]
    [InlineData("[0-9]{3}")]
    public void What_is_no_list_of_texts_has_none(string pattern) => Assert.Null(Re2.Whole(pattern, out _)!.Literals);

    [Fact]
    public void Half_a_surrogate_pair_counts_as_the_replacement_character()
    {
        Assert.True(Re2.Whole("a.b", out _)!.IsMatch("a\ud83db"));
        Assert.True(Re2.Whole("a\uFFFD+b.*", out _)!.IsMatch("a\ud83db"));
        Assert.False(Re2.Whole("a..b.*", out _)!.IsMatch("a\ud83db"));
    }

    [Theory]
    [InlineData("(a{100}b{100}){10}")]
    [InlineData("(?:[a-z0-9]{1,63}\\.){1,15}[a-z]{2,63}")]
    public void Large_repetitions_are_taken(string pattern) => Assert.NotNull(Re2.Whole(pattern, out _));

    [Fact]
    public void What_would_be_too_large_is_refused()
    {
        Assert.Null(Re2.Whole($"(?:{new string('a', 200)}){{1000}}", out var objection));
        Assert.Contains("too large", objection, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_or_taken_but_never_a_crash()
    {
        Assert.Null(Re2.Whole(Nested("(", "a", ")", 1100), out var objection));
        Assert.Contains("nested", objection, StringComparison.Ordinal);
        Assert.True(Re2.Whole(Nested("(", "a", ")", 900), out _)!.IsMatch("a"));
        Assert.True(Re2.Whole(Nested("(?:", "a", ")", 50_000), out _)!.IsMatch("a"));
        Assert.Null(Re2.Whole(Nested("(?:", "a", "|b)*", 50_000), out _));
        Assert.Null(Re2.Whole(new string('(', 50_000), out _));
    }

    private static string Nested(string open, string inner, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + inner + string.Concat(Enumerable.Repeat(close, depth));

    private static string Json(string text) => JsonSerializer.Deserialize<string>(text)!;
}
