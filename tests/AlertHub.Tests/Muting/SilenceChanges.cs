using System.Globalization;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Muting;

public sealed class SilenceChanges
{
    private static readonly DateTimeOffset Now = Some.Now;

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("silence-changes.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_silence_is_made_changed_or_replaced(string[] row)
    {
        var existing = row[0].Length == 0 ? null : Existing(row[0]);
        var (matchers, start, end) = Read(row[1]);
        var outcome = new SilenceRequest
        {
            Matchers = matchers,
            StartsAt = start,
            EndsAt = end,
            CreatedBy = "me",
            Comment = "why",
        }.Apply(existing, "new", Now);

        if (row[2].StartsWith('!'))
        {
            Assert.Contains(
                row[2][2..],
                Assert.IsType<SilenceOutcome.Refused>(outcome).Objection,
                StringComparison.Ordinal
            );
            return;
        }

        var (silence, ended) = Assert.IsType<SilenceOutcome.Kept>(outcome);
        Assert.Equal(row[2], $"{silence.Id} {Times(silence)}");
        Assert.Equal(("me", "why", Now), (silence.CreatedBy, silence.Comment, silence.UpdatedAt));
        Assert.Equal(matchers, silence.Matchers);
        Assert.Equal(row.ElementAtOrDefault(3), ended is null ? null : Times(ended));
        if (ended is not null)
        {
            Assert.Equal(("same", SilenceState.Expired), (ended.Id, ended.State(Now)));
        }
    }

    [Fact]
    public void It_is_pending_active_and_expired()
    {
        var silence = Existing("a=1 0..10");

        Assert.Equal(SilenceState.Pending, silence.State(Now.AddTicks(-1)));
        Assert.Equal(SilenceState.Active, silence.State(Now));
        Assert.Equal(SilenceState.Active, silence.State(Now.AddMinutes(10).AddTicks(-1)));
        Assert.Equal(SilenceState.Expired, silence.State(Now.AddMinutes(10)));
    }

    [Theory]
    [InlineData("a=1 -10..10", "-10..0")]
    [InlineData("a=1 5..10", "0..0")]
    [InlineData("a=1 -10..-5", "-10..-5")]
    public void It_can_be_ended_at_any_time_and_again(string existing, string ended)
    {
        var silence = Existing(existing).Expire(Now);

        Assert.Equal(ended, Times(silence));
        Assert.Equal(SilenceState.Expired, silence.State(Now));
        Assert.Same(silence, silence.Expire(Now.AddHours(1)));
    }

    [Fact]
    public void It_is_kept_for_a_while_after_its_end()
    {
        var silences = Silences.Of(Existing("a=1 -10..0"), Existing("a=1 -10..5") with { Id = "later" });

        Assert.Equal(2, silences.Retained(Now.AddHours(1).AddTicks(-1), TimeSpan.FromHours(1)).All.Count());
        Assert.Equal("later", Assert.Single(silences.Retained(Now.AddHours(1), TimeSpan.FromHours(1)).All).Id);
        Assert.Single(
            Silences
                .Of(Existing("a=1 0..1") with { EndsAt = DateTimeOffset.MaxValue })
                .Retained(Now, TimeSpan.MaxValue)
                .All
        );
    }

    private static Silence Existing(string text)
    {
        var (matchers, start, end) = Read(text);
        return new()
        {
            Id = "same",
            Matchers = matchers,
            StartsAt = start ?? Now,
            EndsAt = end,
            UpdatedAt = Now.AddHours(-1),
        };
    }

    private static (IReadOnlyList<Matcher> Matchers, DateTimeOffset? Start, DateTimeOffset End) Read(string text)
    {
        var space = text.LastIndexOf(' ');
        var times = text[(space + 1)..].Split("..");
        return (
            space < 0 ? [] : Some.Matchers($"{{{string.Join(',', text[..space].Split(';').Select(Quoted))}}}"),
            times[0].Length == 0 ? null : At(times[0]),
            At(times[1])
        );
    }

    /// <summary><c>a=~x</c> as <c>a=~"x"</c>, for the grammar has no empty value without quotes.</summary>
    private static string Quoted(string matcher)
    {
        var end = matcher.LastIndexOfAny(['=', '~']) + 1;
        return $"{matcher[..end]}\"{matcher[end..]}\"";
    }

    private static DateTimeOffset At(string minutes) =>
        Now.AddMinutes(int.Parse(minutes, CultureInfo.InvariantCulture));

    private static string Times(Silence silence) =>
        FormattableString.Invariant($"{(silence.StartsAt - Now).TotalMinutes}..{(silence.EndsAt - Now).TotalMinutes}");
}
