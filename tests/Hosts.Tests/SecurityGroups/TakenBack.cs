using Hosts.Tests.Ec2;
using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Rules;

namespace Hosts.Tests.SecurityGroups;

/// <summary>A step that EC2 carries out, and the command by which a person takes it back, run by the AWS CLI as it stands.</summary>
public sealed class TakenBack : IAsyncLifetime
{
    private Ec2Server server = null!;

    public async Task InitializeAsync() => server = await Ec2Server.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Every_step_can_be_taken_back()
    {
        var stored = server.AddGroup(
            "web",
            [
                "in tcp 22 0.0.0.0/0 mine, mostly = {$1} [a]",
                "in udp 53 fd00::/8",
                "out icmp 8/-1 self",
                "out -1 all ::/0",
            ],
            "vpc-0123456789abcdef0",
            ("guard-exempt", "no")
        );
        var id = new GroupId(server.State.AccountId, server.State.Region, stored.Id);
        using var client = SdkTalks.Client(server);
        var calls = new GroupCalls(client);
        var group = (await calls.DescribeAsync(id, CancellationToken.None))!;
        Step[] steps =
        [
            .. group.Rules.Select(static rule => new Step.Revoke(rule) { Reason = "" }),
            new Step.Modify(
                group.Rules[0],
                group.Rules[0] with
                {
                    Traffic = Elsewhere(group.Rules[0]),
                    Description = "",
                }
            )
            {
                Reason = "",
            },
            new Step.Describe(group.Rules[0], "somebody; else") { Reason = "" },
            new Step.Tag("guard", "on") { Reason = "" },
            new Step.Untag("guard-exempt", "no") { Reason = "" },
        ];
        foreach (var step in steps)
        {
            var before = Said(await calls.DescribeAsync(id, CancellationToken.None));
            // Rules that were authorized again have other ids by now.
            var now = Again(step, (await calls.DescribeAsync(id, CancellationToken.None))!);
            Assert.IsType<Outcome.Done>(Assert.Single(await calls.DoAsync(id, [now], CancellationToken.None)));
            Assert.NotEqual(before, Said(await calls.DescribeAsync(id, CancellationToken.None)));

            await AwsCli.RunAsync(server, CommandLine.Redo(id, now));
            Assert.Equal(before, Said(await calls.DescribeAsync(id, CancellationToken.None)));
        }
    }

    private static Traffic Elsewhere(Rule rule) =>
        Traffic.Create(
            rule.Traffic.Direction,
            Protocol.Tcp,
            2222,
            2223,
            new Peer.Addresses(Network.Parse("10.0.0.0/8")!.Value)
        );

    private static Step Again(Step step, SecurityGroup group) =>
        step switch
        {
            Step.Revoke { Rule: var rule } revoke => revoke with { Rule = group.Find(rule.Traffic)! },
            Step.Modify { From: var from, To: var to } modify => modify with
            {
                From = group.Find(from.Traffic)!,
                To = to with { Id = group.Find(from.Traffic)!.Id },
            },
            Step.Describe { Rule: var rule } describe => describe with { Rule = group.Find(rule.Traffic)! },
            _ => step,
        };

    private static string Said(SecurityGroup? group) =>
        string.Join('\n', group!.Rules.Select(static rule => $"{rule}").Order().Append($"{group.Tags}"));
}
