using AlertHub;
using AlertHub.Configuration;
using AlertHub.Tests.Support;
using FlowLogs.Delivery;
using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

/// <summary>A token that is another one meanwhile, is no longer accepted, or is not there.</summary>
public sealed class TokensReplaced
{
    private readonly FlowLogSamples samples = new();

    [Fact]
    public async Task A_new_token_is_used_within_the_same_delivery_and_nobody_is_told()
    {
        await using var hec = await HecScene.StartAsync();
        FlowLogSample[] all = [.. samples.Mix(20)];

        var delivered = await Sender(hec, new Tokens("former", hec.Server.Token))
            .SendAsync([.. RecordsDelivered.Due(all)], default);

        var ids = all.SelectMany(static sample => sample.Ids).ToList();
        Assert.Equal(ids.Order(), hec.Server.Taken.Order());
        Assert.Equal(ids.Count, delivered.Accepted);
        Assert.Empty(delivered.Notices);
        Assert.All(delivered.Outcomes, static outcome => Assert.Empty(outcome.Left));
        Assert.Equal(
            all.Select(static sample => sample.IsPoison),
            delivered.Outcomes.Select(static outcome => outcome.Unreadable.Count > 0)
        );
    }

    [Fact]
    public async Task A_token_that_is_replaced_in_the_middle_sends_only_the_rest_again()
    {
        await using var hec = await HecScene.StartAsync(s => s with { InFlight = 1, MostEvents = 2 });
        FlowLogSample[] all = [samples.Message(3), samples.Message(3), samples.Message(3)];
        var tokens = new Tokens(hec.Server.Token, "new");
        hec.Server.Seen = _ =>
        {
            if (hec.Server.Requests == 2)
            {
                hec.Server.Token = "new";
            }
        };

        var delivered = await Sender(hec, tokens).SendAsync([.. RecordsDelivered.Due(all)], default);

        Assert.Equal(all.SelectMany(static sample => sample.Ids), hec.Server.Taken);
        Assert.Equal(9, delivered.Accepted);
        Assert.Empty(delivered.Notices);
        Assert.All(delivered.Outcomes, static outcome => Assert.Empty(outcome.Left));
    }

    [Fact]
    public async Task What_the_new_token_cannot_deliver_is_told_with_the_rest()
    {
        await using var hec = await HecScene.StartAsync(s => s with { Attempts = 1 });
        hec.Server.Script(new HecScript.Says(503, 9, Takes: 1));

        var delivered = await Sender(hec, new Tokens("former", hec.Server.Token))
            .SendAsync([.. RecordsDelivered.Due(samples.Message(3))], default);

        Assert.Equal(
            [
                (1, new Fate.Undelivered("HEC is busy (HEC code 9), 1 times")),
                (2, new Fate.Undelivered("HEC is busy (HEC code 9), 1 times")),
            ],
            Assert.Single(delivered.Outcomes).Left
        );
        Assert.Equal(1, delivered.Accepted);
    }

    [Theory]
    [InlineData("former")]
    [InlineData("another")]
    public async Task A_token_that_stays_refused_is_told_once(string fresh)
    {
        await using var hec = await HecScene.StartAsync(s => s with { InFlight = 1 });
        var sender = Sender(hec, new Tokens("former", fresh));

        var first = await sender.SendAsync([.. RecordsDelivered.Due(samples.Message(3))], default);
        var second = await sender.SendAsync([.. RecordsDelivered.Due(samples.Message(3))], default);

        Assert.Equal([new HecNotice.Opened("the token is not valid (HEC code 4)")], first.Notices);
        Assert.Empty(second.Notices);
        Assert.All(
            first.Outcomes.Concat(second.Outcomes).SelectMany(static outcome => outcome.Left),
            static left => Assert.Equal(Refusal.Token, ((Fate.Refused)left.Fate).Kind)
        );
        Assert.Equal((3, 3), (first.Outcomes[0].Left.Count, second.Outcomes[0].Left.Count));
        Assert.Equal(fresh == "former" ? 1 : 2, hec.Server.Requests);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_tried_and_all_is_counted()
    {
        await using var hec = await HecScene.StartAsync();

        var delivered = await Sender(hec, new Tokens(null, null))
            .SendAsync([.. RecordsDelivered.Due(samples.Message(3, "REJECT"), samples.Message(1))], default);

        Assert.All(delivered.Outcomes, static outcome => Assert.Equal("ssm:/token is not there", outcome.NotTried));
        Assert.Equal(2, delivered.Outcomes.Count);
        Assert.NotEmpty(delivered.Counts.Rejects);
        Assert.Equal(0, hec.Server.Requests);
    }

    [Fact]
    public async Task Where_no_other_token_can_be_had_what_the_refused_one_left_is_told()
    {
        await using var hec = await HecScene.StartAsync();

        var delivered = await Sender(hec, new Tokens("former", null))
            .SendAsync([.. RecordsDelivered.Due(samples.Message(2))], default);

        Assert.Equal([new HecNotice.Opened("the token is not valid (HEC code 4)")], delivered.Notices);
        Assert.Equal(2, Assert.Single(delivered.Outcomes).Left.Count);
    }

    [Fact]
    public async Task Time_that_is_up_before_the_token_is_there_leaves_all_untried()
    {
        await using var hec = await HecScene.StartAsync();

        var delivered = await Sender(hec, new Tokens("former", null))
            .SendAsync([.. RecordsDelivered.Due(samples.Message(2))], new(canceled: true));

        Assert.Equal("time is up", Assert.Single(delivered.Outcomes).NotTried);
    }

    [Fact]
    public async Task Time_that_is_up_while_another_token_is_asked_for_loses_nothing_of_what_was_told()
    {
        await using var hec = await HecScene.StartAsync(s => s with { InFlight = 1, MostEvents = 1 });
        using var deadline = new CancellationTokenSource();
        var tokens = new Tokens(hec.Server.Token, "never") { Refreshing = deadline.Cancel };
        hec.Server.Script(new HecScript.Usual(), new HecScript.Says(403, 4, Names: false));

        var delivered = await Sender(hec, tokens)
            .SendAsync([.. RecordsDelivered.Due(samples.Message(3))], deadline.Token);

        Assert.Equal(1, delivered.Accepted);
        Assert.Equal([1, 2], Assert.Single(delivered.Outcomes).Left.Select(static left => left.Ordinal));
        Assert.Single(delivered.Notices);
    }

    private static Sender Sender(HecScene hec, Tokens tokens) =>
        new(RecordsDelivered.Deliverer(), hec.Connection(tokens));

    /// <summary>Keeps a token, and has another one or none for who asks anew.</summary>
    private sealed class Tokens(string? kept, string? fresh) : ISecretSource
    {
        private string? now = kept;

        public Action Refreshing { get; init; } = static () => { };

        public ValueTask<Secret> GetAsync(SecretReference reference, bool refresh, CancellationToken cancellationToken)
        {
            if (refresh)
            {
                now = fresh;
                Refreshing();
            }

            cancellationToken.ThrowIfCancellationRequested();
            return now is { } token
                ? ValueTask.FromResult(new Secret(token))
                : throw new SecretUnavailableException($"{reference} is not there");
        }
    }
}
