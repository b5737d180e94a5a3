using AlertHub.Matching;
using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Matching;

public sealed class MatcherGrammars
{
    private static readonly Gen<Matcher> Matchers =
        from name in Properties.Text
        from value in Properties.Text
        from compare in Gen.Elements(Enum.GetValues<MatchOperator>())
        where name.Length > 0 && !name.Concat(value).Any(char.IsSurrogate)
        where Matcher.Create(name, compare, value, out _) is not null
        select Matcher.Create(name, compare, value, out _)!;

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("matchers.txt", '¦')];

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_grammar_reads_what_Alertmanager_reads(string[] row)
    {
        var text = Marks(row[0]);
        var (classic, utf8) = (row[1], row[2] == "same" ? row[1] : row[2]);

        Assert.Equal(Marks(classic), Read(text, MatcherMode.Classic, out var older));
        Assert.Equal(Marks(utf8), Read(text, MatcherMode.Utf8Strict, out var newer));
        Assert.Null(older ?? newer);
    }

    /// <summary>The classic one wins where they differ, so that what a team has written keeps its meaning.</summary>
    [Theory]
    [MemberData(nameof(Table))]
    public void Where_the_grammars_differ_the_classic_one_holds_with_a_warning(string[] row)
    {
        var (classic, utf8) = (row[1], row[2] == "same" ? row[1] : row[2]);

        var read = Read(Marks(row[0]), MatcherMode.Fallback, out var warning);

        Assert.Equal(Marks(classic == "refused" ? utf8 : classic), read);
        Assert.Equal(classic != "refused" && classic != utf8, warning is not null);
    }

    [Theory]
    [InlineData("foo", "=, !=, =~ or !~ is expected after \"foo\", at column 4 of the matcher (at the end)")]
    [InlineData("{foo-x=bar", "} is expected, to close the {, at column 11")]
    [InlineData("foo-x=bar}", "} closes nothing")]
    [InlineData("foo.x=\"bar", "the double quote has no partner, at column 7")]
    [InlineData("foo-x=", "a value (\"\" for an empty one) is expected, at column 7")]
    [InlineData("foo bar=x", "is expected after \"foo\", at column 5 of the matcher (at \"bar=x\")")]
    [InlineData("a-b=c d=e", "a comma is expected, at column 7")]
    [InlineData("=bar", "a label name is expected, at column 1")]
    [InlineData("{a-c=b}-x=y", "the end is expected, at column 8")]
    [InlineData("foo.x=\"\\q\"", "\"\\q\" is not an escape; for a backslash write \\\\, at column 7")]
    [InlineData("foo=~\"a**\"", "one repetition cannot follow another")]
    public void A_refusal_says_what_is_expected_and_where(string text, string hint)
    {
        Assert.Null(MatcherSyntax.Parse(text, out var objection));
        Assert.Contains(hint, objection, StringComparison.Ordinal);
    }

    [Fact]
    public void The_classic_grammar_has_its_own_words()
    {
        Assert.Null(MatcherSyntax.Parse("foo=\"bar", MatcherMode.Classic, out var objection, out _));
        Assert.Equal("the value \"bar lacks its closing double quote", objection);
        Assert.Null(MatcherSyntax.Parse("foo=a\"b", MatcherMode.Classic, out objection, out _));
        Assert.Equal("the value a\"b has a double quote inside: write \\\" for it", objection);
        Assert.Null(MatcherSyntax.Parse("föö=bar", MatcherMode.Classic, out objection, out _));
        Assert.Equal("\"föö=bar\" is no matcher: =, !=, =~ or !~ is expected after \"f\"", objection);
    }

    [Fact]
    public void A_warning_says_what_to_write_instead()
    {
        MatcherSyntax.Parse("""foo=~"\d+" """, MatcherMode.Fallback, out _, out var warning);
        Assert.Contains("""write foo=~"\\d+" """.Trim(), warning, StringComparison.Ordinal);

        MatcherSyntax.Parse("""foo="a\tb" """, MatcherMode.Fallback, out _, out warning);
        Assert.Contains("""as foo="a\\tb" """.Trim(), warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("foo=bar", true)]
    [InlineData(" foo=bar ,", true)]
    [InlineData("\"a b\"=~\"c|d\"", true)]
    [InlineData("{foo=bar}", false)]
    [InlineData("foo=bar}", false)]
    [InlineData("foo=bar,bar=baz", true)]
    [InlineData("foo-x=bar,bar=baz", false)]
    [InlineData("", false)]
    [InlineData("foo", false)]
    public void One_matcher_stands_alone_and_without_braces(string text, bool taken)
    {
        var matcher = MatcherSyntax.ParseOne(text, out var objection);

        Assert.Equal(taken, matcher is not null);
        Assert.Equal(taken, objection is null);
    }

    /// <summary>The classic grammar knows no lists where one matcher is expected: the comma belongs to the value.</summary>
    [Fact]
    public void A_comma_belongs_to_the_value_of_a_single_classic_matcher()
    {
        var matcher = MatcherSyntax.ParseOne("foo=bar,bar=baz", MatcherMode.Fallback, out _, out var warning);

        Assert.Equal("foo=\"bar,bar=baz\"", matcher!.ToString());
        Assert.NotNull(warning);
        Assert.Equal(matcher, MatcherSyntax.ParseOne("foo=bar,bar=baz", MatcherMode.Classic, out _, out _));
        Assert.Null(MatcherSyntax.ParseOne("foo=bar,bar=baz", MatcherMode.Utf8Strict, out var objection, out _));
        Assert.Equal("one matcher is expected, not 2", objection);
    }

    [Fact]
    public void What_was_printed_reads_as_it_was() =>
        Properties.ForAll(
            Matchers.ListOf(),
            matchers =>
            {
                var printed = MatcherSyntax.Print(matchers);
                Assert.Equal(matchers, MatcherSyntax.Parse(printed, out var objection)!);
                Assert.Null(objection);
            }
        );

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Properties.ForAll(
            Gen.Elements(
                    "a",
                    "foo",
                    "=",
                    "!",
                    "~",
                    "=~",
                    "\"",
                    "'",
                    "`",
                    "\\",
                    "{",
                    "}",
                    ",",
                    " ",
                    "\n",
                    "\u00a0",
                    "🔥",
                    "\ud83d",
                    "\0",
                    "\\x",
                    "\\u12",
                    "[",
                    "("
                )
                .ListOf()
                .Select(parts => string.Concat(parts.Take(16))),
            text =>
            {
                foreach (var mode in Enum.GetValues<MatcherMode>())
                {
                    var list = MatcherSyntax.Parse(text, mode, out var objection, out _);
                    Assert.Equal(list is null, objection is not null);
                    var one = MatcherSyntax.ParseOne(text, mode, out objection, out _);
                    Assert.Equal(one is null, objection is not null);
                }
            },
            tests: 3_000
        );

    [Theory]
    [InlineData("a=b", "b", true)]
    [InlineData("a=b", "c", false)]
    [InlineData("a=b", null, false)]
    [InlineData("a=\"\"", null, true)]
    [InlineData("a!=b", null, true)]
    [InlineData("a!=b", "b", false)]
    [InlineData("a=~\"b|c\"", "c", true)]
    [InlineData("a=~\"b|c\"", "cc", false)]
    [InlineData("a=~\".*\"", null, true)]
    [InlineData("a=~\".+\"", null, false)]
    [InlineData("a!~\"b.*\"", "bc", false)]
    [InlineData("a!~\"b.*\"", null, true)]
    public void A_missing_label_counts_as_an_empty_one(string matcher, string? value, bool matches) =>
        Assert.Equal(matches, MatcherSyntax.ParseOne(matcher, out _)!.Matches(value));

    private static string Read(string text, MatcherMode mode, out string? warning) =>
        MatcherSyntax.Parse(text, mode, out var objection, out warning) is { } matchers
            ? MatcherSyntax.Print(matchers.Order(Matcher.Order))
        : objection is null ? "neither read nor refused"
        : "refused";

    private static string Marks(string text) =>
        text.Replace('␣', ' ').Replace('␤', '\n').Replace('␉', '\t').Replace('␢', '\u00a0');
}
