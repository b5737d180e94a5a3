using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

public sealed class TimeIsUp
{
    [Fact]
    public async Task What_was_not_answered_by_the_deadline_is_undelivered()
    {
        await using var hec = await HecScene.StartAsync(s => s with { MostEvents = 2, InFlight = 1 });
        hec.Server.Script(new HecScript.Usual(), new HecScript.Silent(Takes: false));
        using var deadline = new CancellationTokenSource();
        hec.Server.Seen = _ =>
        {
            if (hec.Server.Requests == 2)
            {
                deadline.Cancel();
            }
        };

        var delivery = await hec.SendAsync(HecScene.Events(6), deadline.Token);

        Assert.All(delivery.Fates.Take(2), fate => Assert.Equal(Fate.Accepted.One, fate));
        Assert.All(delivery.Fates.Skip(2), fate => Assert.Equal(new Fate.Undelivered("time is up"), fate));
        Assert.Equal(2, hec.Server.Requests);
    }

    [Fact]
    public async Task Nothing_is_sent_after_the_deadline()
    {
        await using var hec = await HecScene.StartAsync();

        var delivery = await hec.SendAsync(HecScene.Events(3), new CancellationToken(canceled: true));

        Assert.All(delivery.Fates, fate => Assert.Equal(new Fate.Undelivered("time is up"), fate));
        Assert.Equal(0, hec.Server.Requests);
    }
}
