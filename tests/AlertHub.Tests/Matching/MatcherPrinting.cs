using AlertHub.Matching;

namespace AlertHub.Tests.Matching;

public sealed class MatcherPrinting
{
    [Theory]
    [InlineData("a", "b", """a="b" """)]
    [InlineData("a", "", """a="" """)]
    [InlineData("a", "say \"hi\"", """a="say \"hi\"" """)]
    [InlineData("a", "back\\slash\nline", """a="back\\slash\nline" """)]
    [InlineData("a", "tab\tstays", "a=\"tab\tstays\" ")]
    [InlineData("a.b-ü", "c", """a.b-ü="c" """)]
    [InlineData("a b", "tab\t", "\"a b\"=\"tab\\t\"")]
    [InlineData("a=b", "ü", "\"a=b\"=\"ü\"")]
    [InlineData("a\u00a0b", "c", "\"a\\u00a0b\"=\"c\"")]
    public void It_prints_in_canonical_form(string name, string value, string printed) =>
        Assert.Equal(printed.Trim(' '), Matcher.Create(name, MatchOperator.Equal, value, out _)!.ToString());

    [Fact]
    public void A_list_prints_without_spaces_between()
    {
        var matchers = MatcherSyntax.Parse("""c=~"d|e", a="b", c!~x, a!=z, a=z""", out _)!;

        Assert.Equal("""{c=~"d|e",a="b",c!~"x",a!="z",a="z"}""", MatcherSyntax.Print(matchers));
        Assert.Equal("{}", MatcherSyntax.Print([]));
    }

    [Fact]
    public void Routes_have_them_by_name_then_value_then_operator()
    {
        var matchers = MatcherSyntax.Parse("""c=~"d", a="b", b!="1", b="1", b!~"1", b=~"1", a=Z, A=z""", out _)!;

        Assert.Equal(
            """{A="z",a="Z",a="b",b="1",b!="1",b=~"1",b!~"1",c=~"d"}""",
            MatcherSyntax.Print(matchers.Order(Matcher.Order))
        );
    }
}
