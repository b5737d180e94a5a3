using System.Text;
using System.Text.Json;
using AlertHub.Tests.Support;
using AlertHub.Text;

namespace AlertHub.Tests.Text;

public sealed class GoStrings
{
    public static TheoryData<string[]> Quoted { get; } = [.. Repository.Cases("go-quote.txt")];

    public static TheoryData<string[]> Literals { get; } = [.. Repository.Cases("go-unquote.txt")];

    [Theory]
    [MemberData(nameof(Quoted))]
    public void A_text_is_quoted_as_Go_does(string[] row)
    {
        var text = JsonSerializer.Deserialize<string>(row[0])!;

        Assert.Equal(row[1], GoString.Quote(text));
        Assert.Equal(row[2], GoString.QuoteAscii(text));
    }

    [Theory]
    [MemberData(nameof(Literals))]
    public void A_literal_says_what_it_says_in_Go(string[] row)
    {
        var text = GoString.Unquote(row[0], out var objection);

        Assert.Equal(row[1] == "refused" ? null : JsonSerializer.Deserialize<string>(row[1]), text);
        Assert.Equal(row[1] == "refused", objection is not null);
    }

    [Theory]
    [InlineData("'a'", 'a')]
    [InlineData("'\\xff'", 0xFF)]
    [InlineData("'\\''", '\'')]
    [InlineData("'🔥'", 0x1F525)]
    public void A_rune_literal_is_a_number(string literal, int value) =>
        Assert.Equal(value, GoString.UnquoteRune(literal, out _));

    [Theory]
    [InlineData("\"a\"")]
    [InlineData("'ab'")]
    [InlineData("''")]
    [InlineData("'")]
    [InlineData("'\\q'")]
    public void What_is_no_rune_literal_is_refused(string literal)
    {
        Assert.Null(GoString.UnquoteRune(literal, out var objection));
        Assert.NotNull(objection);
    }

    [Theory]
    [InlineData('a', "'a'")]
    [InlineData('\'', "'\\''")]
    [InlineData('"', "'\"'")]
    [InlineData(0xD800, "'\uFFFD'")]
    [InlineData(0x110000, "'\uFFFD'")]
    [InlineData(-1, "'\uFFFD'")]
    public void A_number_is_quoted_as_a_rune(long rune, string quoted) =>
        Assert.Equal(quoted, GoString.QuoteRune(rune));

    [Theory]
    [InlineData("\"\\xff\"")]
    [InlineData("\"\\xf0\\x9f\"")]
    [InlineData("'\\377'")]
    public void Bytes_that_are_no_UTF8_are_refused_where_that_is_asked_for(string literal)
    {
        Assert.Null(GoString.Unquote(literal, out var objection, onlyUtf8: true));
        Assert.NotNull(objection);
    }

    [Fact]
    public void A_lone_surrogate_is_quoted_as_the_replacement_character() =>
        Assert.Equal("\"a\uFFFD\"", GoString.Quote("a\ud83d"));

    [Fact]
    public void What_was_quoted_reads_as_it_was() =>
        Properties.ForAll(
            Properties.Text,
            text =>
            {
                var runes = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                Assert.Equal(runes, GoString.Unquote(GoString.Quote(text), out _, onlyUtf8: true));
                Assert.Equal(runes, GoString.Unquote(GoString.QuoteAscii(text), out _, onlyUtf8: true));
            }
        );
}
