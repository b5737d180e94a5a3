using System.Globalization;
using AlertHub.Tests.Support;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups.Policies;

/// <summary>Who may change what, by the policy below.</summary>
public sealed class Judging
{
    private const string GuardRole = "arn:aws:iam::111122223333:role/guards/guard";

    private static readonly Policy Policy = PolicyText.Read(
        """
        mode: enforce
        modes: [{tag: guard, value: observe, mode: observe}, {tag: guard, mode: dry_run}]
        scope: {accounts: ["111122223333", "444455556666"], vpcs: [vpc-1, vpc-2]}
        exempt_tag: {key: guard-exempt, value: "yes"}
        allow:
        - principal: arn:aws:iam::111122223333:role/deploy/*
        - {principal: "arn:aws:iam::*:role/ci-?", accounts: ["111122223333"], source_identity: "ci-*"}
        - principal: arn:aws:iam::111122223333:root
        services:
        - {name: cloudformation.amazonaws.com, tag: "aws:cloudformation:stack-id"}
        break_glass:
        - {principal: "arn:aws:iam::*:role/break-glass", for: 2h}
        windows:
        - name: weekly
          cron: "0 22 * * SAT"
          duration: 4h
          time_zone: Europe/Berlin
          principals: ["arn:aws:iam::*:role/network/*"]
          tag: change-ticket
        - {name: new-year, cron: "0 0 1 1 *", duration: 1h}
        """
    );

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("guard-actors.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_change_is_judged_by_the_first_entry_that_holds(string[] row)
    {
        var given = row[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => word.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair.ElementAtOrDefault(1) ?? "");
        var (tags, approved) = (ReadTags(row[1]), ReadTags(row[2]));
        var group = new SecurityGroup
        {
            Id = new(given.GetValueOrDefault("owner", "111122223333"), "eu-central-1", "sg-1"),
            Vpc = given.GetValueOrDefault("vpc", "vpc-1"),
            Tags = tags,
        };

        var permission = Policy.Judge(
            Event(given, group),
            given.ContainsKey("gone") ? null : group,
            approved,
            GuardRole
        );

        Assert.Equal(row[3], Told(permission));
    }

    [Theory]
    [InlineData("", "Enforce")]
    [InlineData("team=a", "Enforce")]
    [InlineData("guard=observe", "Observe")]
    [InlineData("guard=", "DryRun")]
    [InlineData("guard=off", "DryRun")]
    [InlineData("Guard=observe", "Enforce")]
    public void The_mode_is_that_of_the_first_tag_that_fits(string tags, string mode) =>
        Assert.Equal(mode, $"{Policy.ModeOf(ReadTags(tags))}");

    [Theory]
    [InlineData("guard", true)]
    [InlineData("guard-exempt", true)]
    [InlineData("change-ticket", true)]
    [InlineData("aws:cloudformation:stack-id", false)]
    [InlineData("Name", false)]
    [InlineData("Guard", false)]
    public void Tags_that_decide_are_known(string key, bool decides) => Assert.Equal(decides, Policy.Minds(key));

    [Fact]
    public void A_change_at_the_end_of_time_may_stay_until_then()
    {
        var at = DateTimeOffset.MaxValue.AddMinutes(-1);
        var change = Event(
            new()
            {
                ["role"] = "arn:aws:iam::111122223333:role/break-glass",
                ["at"] = at.ToString("O", CultureInfo.InvariantCulture),
            },
            new() { Id = new("111122223333", "eu-central-1", "sg-1") }
        );

        var permission = Policy.Judge(change, group: null, Tags.None, GuardRole);

        Assert.Equal(DateTimeOffset.MaxValue, Assert.IsType<Permission.BreakGlass>(permission).Until);
    }

    private static ChangeEvent Event(Dictionary<string, string> given, SecurityGroup group) =>
        new()
        {
            Id = "1",
            Name = "AuthorizeSecurityGroupIngress",
            At = DateTimeOffset.Parse(
                given.GetValueOrDefault("at", "2026-07-01T12:00:00Z"),
                CultureInfo.InvariantCulture
            ),
            Group = group.Id,
            Error = given.GetValueOrDefault("error"),
            IsDryRun = given.ContainsKey("dry-run"),
            Change = given.TryGetValue("made-in", out var vpc)
                ? new Change.Created("a", vpc, Tags.None)
                : new Change.Added([]),
            Actor = new()
            {
                Arn = given.GetValueOrDefault("arn"),
                IssuerArn = given.GetValueOrDefault("role"),
                Account = given.GetValueOrDefault("account", "111122223333"),
                SourceIdentity = given.GetValueOrDefault("identity"),
                InvokedBy = given.GetValueOrDefault("by"),
                UserAgent = given.GetValueOrDefault("agent"),
            },
        };

    private static string Told(Permission permission) =>
        permission switch
        {
            Permission.BreakGlass glass => string.Create(
                CultureInfo.InvariantCulture,
                $"BreakGlass until {glass.Until:yyyy-MM-dd'T'HH:mm:ss'Z'}: {glass.Reason}"
            ),
            _ => $"{permission.GetType().Name}: {permission.Reason}",
        };

    private static Tags ReadTags(string text) =>
        Tags.Of(
            text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static tag => tag.Split('=', 2))
                .Select(static pair => KeyValuePair.Create(pair[0], pair[1]))
        );
}
