using System.Text.Json.Nodes;
using AlertHub.Tests.Support;
using SecurityGroupGuard.Ec2;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Notices;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Work;

namespace AlertHub.Tests.SecurityGroups.Notices;

/// <summary>What the guard tells of a change, to whoever is called at night for it.</summary>
public sealed class WhatIsTold
{
    private const string Mallory = "arn:aws:sts::111122223333:assumed-role/Admin/mallory";

    private static readonly GroupId Web = new("111122223333", "eu-central-1", "sg-0123456789abcdef0");

    private static readonly SecurityGroup Group = new() { Id = Web, Name = "web" };

    private static readonly Result Revoked = new("revoke sgr-1: ingress tcp 22 from 0.0.0.0/0", new Outcome.Done(), "");

    private static readonly Left Fought = new(
        "revoke sgr-1",
        LeftReason.Fight,
        "it was undone again and again; somebody, or something, does it anew each time"
    );

    [Theory]
    [InlineData(Mallory, "mallory (role Admin)")]
    [InlineData("arn:aws:iam::111122223333:user/people/jane", "jane")]
    [InlineData("arn:aws:iam::111122223333:root", "root of 111122223333")]
    [InlineData("arn:aws:sts::111122223333:federated-user/bob", "bob (federated)")]
    [InlineData(null, "cloudformation.amazonaws.com")]
    public void Who_it_was_is_named_as_people_call_them(string? arn, string called) =>
        Assert.Equal(
            called,
            new Actor
            {
                Arn = arn,
                Account = "111122223333",
                InvokedBy = "cloudformation.amazonaws.com",
            }.Called
        );

    public static TheoryData<string, string> Deeds() =>
        new()
        {
            {
                "opened",
                "mallory (role Admin) opened sg-0123456789abcdef0 (web) for tcp port 22 from anywhere (0.0.0.0/0, ::/0)"
            },
            {
                "opened outwards",
                "mallory (role Admin) opened sg-0123456789abcdef0 (web) for all traffic to 10.0.0.0/8"
            },
            { "closed", "mallory (role Admin) closed sg-0123456789abcdef0 (web) for tcp ports 8000-8080 from sg-2" },
            { "closed by id", "mallory (role Admin) removed rules of sg-0123456789abcdef0 (web): sgr-7" },
            {
                "changed",
                "mallory (role Admin) changed sg-0123456789abcdef0 (web): sgr-1 is now all tcp ports from anywhere (0.0.0.0/0)"
            },
            { "deleted", "mallory (role Admin) deleted sg-0123456789abcdef0 (web)" },
            { "tagged", "mallory (role Admin) tagged sg-0123456789abcdef0 (web) guard-exempt=yes" },
            { "applied", "mallory (role Admin) did this: the groups of eni-1 are now sg-0123456789abcdef0" },
            {
                "unknown",
                "mallory (role Admin) called SomeCall on sg-0123456789abcdef0 (web), and its event does not say which rules changed"
            },
        };

    [Theory]
    [MemberData(nameof(Deeds))]
    public void What_was_done_is_said_in_plain_words(string deed, string said) =>
        Assert.Equal($"{said}. Undone", Told(Changed(deed), [Revoked], []).Summary);

    [Fact]
    public void What_stands_says_so_first_and_why()
    {
        Assert.EndsWith(
            ". NOT undone: EC2 refused it (UnauthorizedOperation)",
            Told(
                Changed("opened"),
                [Revoked with { Outcome = new Outcome.Refused("UnauthorizedOperation", "No.") }],
                []
            ).Summary,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $". Undone only in part: {Fought.Sentence}",
            Told(Changed("opened"), [Revoked], [Fought]).Summary,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            ". Not undone: the guard only looks (mode observe)",
            Told(Changed("opened"), [Revoked with { Outcome = new Outcome.NotTried() }], [], "observe").Summary,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            ". Not undone: no rule of the group changed",
            Told(Changed("applied"), [], [new("eni-1", LeftReason.ToldOnly, "no rule of the group changed")]).Summary,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_somebody_has_to_see_to_says_where_the_event_is()
    {
        var refused = Told(Changed("opened"), [Revoked with { Outcome = new Outcome.NotSeen() }], []);
        var failed = Notice.OfTrouble(Web, "event", "AWS answered Throttling", Some.Now);

        Assert.Contains("failures queue", Annotation(refused, "description"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "failures queue",
            Annotation(Told(Changed("opened"), [Revoked], []), "description"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "A change of sg-0123456789abcdef0 was not judged, and nothing was undone: AWS answered Throttling",
            failed.Summary
        );
        Assert.Contains("failures queue", Annotation(failed, "description"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_in_events_is_what_the_guard_tells()
    {
        var step = new Step.Revoke(Rule("sgr-0123456789abcdef1", Direction.Ingress, Protocol.Tcp, 22, 22, "0.0.0.0/0"))
        {
            Reason = "it was added without authorisation",
        };
        var change = Changed("opened") with { Change = new Change.Added([step.Rule]) };
        var notice = Notice.Of(
            change,
            Group,
            $"no entry of the policy allows it to {Mallory}",
            "enforce",
            new([new($"{step}", new Outcome.Done(), CommandLine.Redo(Web, step))], []),
            change.At.AddSeconds(4.2)
        );
        var told = JsonNode.Parse(notice.ToAlert(change.At).ToJson())!;
        told[0]!["endsAt"] = "2099-01-01T00:00:00Z";
        told[0]!["startsAt"] = "2026-03-14T03:20:00Z";

        var sample = JsonNode.Parse(Samples.Bytes("security-group-guard/undone.json"));
        Assert.True(JsonNode.DeepEquals(told, sample), $"{told}");
    }

    private static Notice Told(
        ChangeEvent change,
        IReadOnlyList<Result> steps,
        IReadOnlyList<Left> left,
        string mode = "enforce"
    ) =>
        Notice.Of(
            change,
            Group with
            {
                Rules = [Rule("sgr-1", Direction.Ingress, Protocol.Tcp, 0, 65535, "0.0.0.0/0")],
            },
            "nobody allows it",
            mode,
            new(steps, left) { MustUndo = mode == "enforce" },
            Some.Now
        );

    private static string Annotation(Notice notice, string name) =>
        notice.Annotations.Single(each => each.Name == name).Value;

    private static ChangeEvent Changed(string deed) =>
        new()
        {
            Id = "3d7b8c1e-0000-4000-8000-000000000001",
            Name = deed == "unknown" ? "SomeCall" : "AuthorizeSecurityGroupIngress",
            At = Some.Now.AddMinutes(-5),
            Actor = new()
            {
                Arn = Mallory,
                IssuerArn = "arn:aws:iam::111122223333:role/Admin",
                AccessKey = "ASIAIOSFODNN7EXAMPLE",
                HasMfa = false,
                SourceAddress = "198.51.100.7",
                UserAgent = "aws-cli/2.31.0",
            },
            Group = Web,
            Change = deed switch
            {
                "opened" => new Change.Added([
                    Rule("sgr-1", Direction.Ingress, Protocol.Tcp, 22, 22, "0.0.0.0/0"),
                    Rule("sgr-2", Direction.Ingress, Protocol.Tcp, 22, 22, "::/0"),
                ]),
                "opened outwards" => new Change.Added([
                    Rule("sgr-1", Direction.Egress, Protocol.All, null, null, "10.0.0.0/8"),
                ]),
                "closed" => new Change.Revoked(
                    [
                        new()
                        {
                            Traffic = Traffic.Create(
                                Direction.Ingress,
                                Protocol.Tcp,
                                8000,
                                8080,
                                new Peer.Group("sg-2")
                            ),
                        },
                    ],
                    []
                ),
                "closed by id" => new Change.Revoked([], ["sgr-7"]),
                "changed" => new Change.Modified([
                    new("sgr-1", Protocol.Tcp, 0, 65535, new Peer.Addresses(Network.Parse("0.0.0.0/0")!.Value), ""),
                ]),
                "deleted" => new Change.Deleted(),
                "tagged" => new Change.Tagged(Tags.Of([new("guard-exempt", "yes")])),
                "applied" => new Change.Applied($"the groups of eni-1 are now {Web.Id}"),
                "unknown" => new Change.Unknown("its request was left out"),
                _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, null),
            },
        };

    private static Rule Rule(string id, Direction direction, Protocol protocol, int? from, int? to, string network) =>
        new()
        {
            Id = id,
            Traffic = Traffic.Create(direction, protocol, from, to, new Peer.Addresses(Network.Parse(network)!.Value)),
        };
}
