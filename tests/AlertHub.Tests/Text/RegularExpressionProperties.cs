using AlertHub.Tests.Support;
using AlertHub.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Text;

public sealed class RegularExpressionProperties
{
    private static readonly Gen<string> Leaf = Gen.Elements([
        .. "a b c k K é 🔥 . [ab] [^a] [^🔥] \\d \\w \\W \\s \\pL \\PL \\x61 \\b \\B ^ $ (?m:^) (?m:$) (?i:k) (?i:[^s]) [[:alpha:]]".Split(
            ' '
        ),
        "",
        "\\n",
        "(?s:.)",
    ]);

    private static readonly Gen<string> Pattern = Gen.Sized(size => Tree(Math.Min(size, 4)));

    private static readonly Gen<string> Input = Gen.Elements(
            "a",
            "b",
            "c",
            "k",
            "K",
            "\u212a",
            "ſ",
            "é",
            "🔥",
            "\n",
            "1",
            " ",
            "_",
            "ab"
        )
        .ListOf()
        .Select(parts => string.Concat(parts.Take(8)));

    [Fact]
    public void A_text_matches_exactly_where_the_plain_meaning_says_so() =>
        Properties.ForAll(
            Gen.Zip(Pattern, Input),
            both =>
            {
                var (pattern, text) = both;
                var meaning = new PlainMeaning(pattern);

                Assert.Equal(meaning.MatchesWhole(text), Re2.Whole(pattern, out _)!.IsMatch(text));
                Assert.Equal(meaning.FirstBegin(text) is not null, Re2.Search(pattern, out _)!.IsMatch(text));
            },
            tests: 1_000
        );

    [Fact]
    public void The_first_match_begins_where_the_plain_meaning_says_so() =>
        Properties.ForAll(
            Gen.Zip(Pattern, Input),
            both =>
            {
                var (pattern, text) = both;
                var marked = Re2.Search($"({pattern})(?s:.*)", out _)!.ReplaceAll(text, "|$1|");
                var begin = new PlainMeaning(pattern).FirstBegin(text);

                Assert.Equal(begin ?? -1, begin is null && marked == text ? -1 : marked.IndexOf('|'));
            },
            tests: 500
        );

    [Fact]
    public void Any_text_is_an_expression_or_is_refused_with_a_reason() =>
        Properties.ForAll(
            Gen.Elements(
                    "a",
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    "*",
                    "+",
                    "?",
                    "|",
                    "\\",
                    "^",
                    "$",
                    ".",
                    "-",
                    ",",
                    ":",
                    "2",
                    "1000",
                    "(?",
                    "P<",
                    "<",
                    ">",
                    "i",
                    "[:",
                    ":]",
                    "alpha",
                    "\\p",
                    "{Greek}",
                    "\\x",
                    "\\Q",
                    "\\E",
                    "🔥",
                    "\ud83d",
                    "\0"
                )
                .ListOf()
                .Select(parts => string.Concat(parts.Take(20))),
            text =>
            {
                var expression = Re2.Whole(text, out var objection);

                Assert.Equal(expression is null, objection is not null);
                expression?.IsMatch("a2🔥");
            },
            tests: 5_000
        );

    /// <summary>Each would take an engine that tries one way after the other longer than anyone waits.</summary>
    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|aa)+b")]
    [InlineData("(a|a)*b")]
    [InlineData("(.*)*(.*)*b")]
    [InlineData("(?:a?){50}a{50}b")]
    [InlineData("(a+)+(a+)+b")]
    [InlineData("(?:a|b|ab)*c")]
    [InlineData(".*.*.*.*.*b")]
    [InlineData("(?i)(?:k|K|\u212a)*b")]
    [InlineData(@"(?:\w+\b\W*)*!")]
    public void A_hundred_thousand_characters_are_no_trouble(string pattern)
    {
        var text = new string('a', 100_000);

        Assert.False(Re2.Whole(pattern, out _)!.IsMatch(text));
        Assert.False(Re2.Search(pattern, out _)!.IsMatch(text));
        Assert.Equal(text, Re2.Search(pattern, out _)!.ReplaceAll(text, "-"));
    }

    /// <summary>The automaton of this expression has 2^16 states: too many to keep.</summary>
    [Fact]
    public void More_states_than_can_be_kept_are_no_trouble()
    {
        var text = string.Concat(
            Enumerable.Range(0, 50_000).Select(i => i * (long)i % 11 % 2 == 0 || i % 7 == 3 ? 'a' : 'b')
        );

        Assert.False(Re2.Search("a[ab]{15}c", out _)!.IsMatch(text));
        Assert.True(Re2.Search("a[ab]{15}c", out _)!.IsMatch(text + "aaaaaaaaaaaaaaaac"));
    }

    [Fact]
    public void Many_readers_may_ask_at_once()
    {
        var expression = Re2.Whole("(?:[a-f]+[0-9]*)+", out _)!;

        Parallel.For(
            0,
            2_000,
            i =>
            {
                var text = $"{i:x}";
                var expected = !char.IsAsciiDigit(text[0]);
                Assert.Equal(expected, expression.IsMatch(text));
            }
        );
    }

    private static Gen<string> Tree(int size) =>
        size <= 0
            ? Leaf
            : Gen.Frequency(
                (2, Leaf),
                (3, Gen.Zip(Tree(size - 1), Tree(size - 1)).Select(p => p.Item1 + p.Item2)),
                (2, Gen.Zip(Tree(size - 1), Tree(size - 1)).Select(p => $"(?:{p.Item1}|{p.Item2})")),
                (1, Tree(size - 1).Select(p => $"({p})")),
                (
                    3,
                    Gen.Zip(
                            Tree(size - 1),
                            Gen.Elements("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}?", "{2,}")
                        )
                        .Select(p => $"(?:{p.Item1}){p.Item2}")
                )
            );
}
