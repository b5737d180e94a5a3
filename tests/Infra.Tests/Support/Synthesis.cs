using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AlertHub.Tests.Support;
using Amazon.CDK;
using Amazon.CDK.Assertions;

namespace Infra.Tests.Support;

/// <summary>
/// The stacks, synthesized once for all tests: starting jsii and synthesizing takes seconds. The published function is a
/// folder with an empty file.
/// </summary>
public sealed class Synthesis : IDisposable
{
    public const string Account = "999988887777";
    public const string Region = "eu-west-3";
    public const string FarTopic = "arn:aws:sns:us-east-1:111122223333:billing";
    public const string OptInTopic = "arn:aws:sns:ap-east-1:111122223333:alarms";
    public const string NearTopic = $"arn:aws:sns:{Region}:111122223333:alarms";
    public const string OtherAccount = "444455556666";

    public const string GuardBus = $"arn:aws:events:{Region}:111122223333:event-bus/members";
    public const string GuardRole = "arn:aws:iam::111122223333:role/guard";
    public const string EventsRole = "arn:aws:iam::111122223333:role/events";

    public const string Vpc = "vpc-0123456789abcdef0";
    public const string OtherVpc = "vpc-12345678";
    public const string Hec = "https://http-inputs-acme.splunkcloud.com";
    public const string ChosenFormat =
        "${version} ${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${action} ${log-status}";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("infra-tests-");

    public Synthesis()
    {
        foreach (
            var file in (string[])
                ["AlertHub.Lambda.dll", "AlertHub.Lambda", "AlertHub.pdb", "AlertHub.xml", "bootstrap"]
        )
        {
            File.WriteAllText(Path.Combine(Package, file), "");
        }

        File.WriteAllText(Path.Combine(GuardPackage, "SecurityGroupGuard.dll"), "");
        File.WriteAllText(Path.Combine(GuardPackage, "SecurityGroupGuard"), "");

        File.WriteAllText(Path.Combine(FlowLogsPackage, "FlowLogs.dll"), "");
        File.WriteAllText(Path.Combine(FlowLogsPackage, "FlowLogs"), "");

        File.WriteAllText(
            Path.Combine(Config, "alertmanager.yml"),
            "# not ssm:/alerthub/secrets/other\r\nroute: {receiver: ops}\nreceivers: [{name: ops, webhook_configs: [{url: 'ssm:/team/alerts/secrets/hook'}]}]\n"
        );
        File.WriteAllText(Path.Combine(Config, "b.tmpl"), """{{ define "b" }}{{ end }}""");
        File.WriteAllText(Path.Combine(Config, "a.tmpl"), """{{ define "a" }}{{ end }}""");

        var byDefault = Assemble([]);
        (Default, Hub) = ReadHub(byDefault, "");
        DefaultTemplate = Template.FromStack((Stack)byDefault.Node.FindChild(Stacks.MonitoredApp));
        var chosen = Assemble(ChosenContext);
        (Chosen, ChosenHub) = ReadHub(chosen, "-test");
        Guard = ReadGuard(Assemble(new() { ["guard"] = true }), "");
        ChosenGuard = ReadGuard(chosen, "-test");
        FlowLogs = ReadFlowLogs(Assemble(FlowLogsContext), "");
        ChosenFlowLogs = ReadFlowLogs(chosen, "-test");
        ForeignFlowLogs = ReadFlowLogs(Assemble(ForeignFlowLogsContext), "");
        Member = ReadMember([]);
        ChosenMember = ReadMember(ChosenMemberContext);
    }

    /// <summary>The monitored application, nothing chosen.</summary>
    public SynthesizedTemplate Default { get; }

    /// <summary>The same for CDK's assertions.</summary>
    public Template DefaultTemplate { get; }

    /// <summary>The monitored application, everything chosen otherwise than by default.</summary>
    public SynthesizedTemplate Chosen { get; }

    /// <summary>The hub's three stacks as one, nothing chosen.</summary>
    public SynthesizedTemplate Hub { get; }

    /// <summary>The hub's three stacks as one, everything chosen otherwise than by default.</summary>
    public SynthesizedTemplate ChosenHub { get; }

    /// <summary>The guard's two stacks as one, with nothing chosen but it.</summary>
    public SynthesizedTemplate Guard { get; }

    /// <summary>The guard's two stacks as one, everything chosen otherwise than by default.</summary>
    public SynthesizedTemplate ChosenGuard { get; }

    /// <summary>The stack of an account that another one's guard watches over.</summary>
    public SynthesizedTemplate Member { get; }

    /// <inheritdoc cref="Member"/>
    public SynthesizedTemplate ChosenMember { get; }

    /// <summary>The two stacks of flow logs as one, with nothing chosen but what they need.</summary>
    public SynthesizedTemplate FlowLogs { get; }

    /// <summary>The two stacks of flow logs as one, everything chosen otherwise than by default.</summary>
    public SynthesizedTemplate ChosenFlowLogs { get; }

    /// <summary>The two stacks of flow logs as one, with somebody else's log group.</summary>
    public SynthesizedTemplate ForeignFlowLogs { get; }

    /// <summary>All, for the rules that any stack must keep.</summary>
    public IReadOnlyList<SynthesizedTemplate> All => [Default, Chosen, .. Hubs, .. Guards, .. Members, .. AllFlowLogs];

    public IReadOnlyList<SynthesizedTemplate> Hubs => [Hub, ChosenHub];

    public IReadOnlyList<SynthesizedTemplate> Guards => [Guard, ChosenGuard];

    public IReadOnlyList<SynthesizedTemplate> AllFlowLogs => [FlowLogs, ChosenFlowLogs, ForeignFlowLogs];

    public IReadOnlyList<SynthesizedTemplate> Members => [Member, ChosenMember];

    public Dictionary<string, object> ChosenContext =>
        new()
        {
            ["emails"] = "ana@example.org, rui@example.org",
            ["packaging"] = "native",
            ["memory"] = 1024d,
            ["timeout"] = "60",
            ["logRetention"] = 7d,
            ["tracing"] = true,
            ["slackWebhook"] = "ssm:/team/slack",
            ["platform"] = Some.PlatformArn,
            ["stage"] = "test",
            ["account"] = Account,
            ["region"] = Region,
            ["parameters"] = "/team/alerts",
            ["config"] = Config,
            ["rate"] = 5d,
            ["burst"] = "10",
            ["topics"] = $"{FarTopic},{OptInTopic},{NearTopic}",
            ["accounts"] = OtherAccount,
            ["alarms"] = false,
            ["events"] = false,
            ["externalUrl"] = "https://alerts.example.org/",
            ["guard"] = "true",
            ["guardPolicy"] = "s3://team-policies/groups.yml",
            ["guardConfig"] = false,
            ["guardSchedule"] = 60d,
            ["guardTag"] = "guarded=yes",
            ["guardTagKeys"] = "guarded, change-ticket",
            ["guardQuarantine"] = "sg-0fedcba9876543210",
            ["guardAccounts"] = $"111122223333,{OtherAccount}",
            ["guardOrganization"] = "o-a1b2c3d4e5",
            ["flowLogs"] = true,
            ["flowVpcs"] = $"{Vpc},{OtherVpc}",
            ["flowFormat"] = ChosenFormat,
            ["flowAggregation"] = 60d,
            ["flowTraffic"] = "REJECT",
            ["flowLogRetention"] = "1",
            ["flowShards"] = 4d,
            ["flowStreamHours"] = "168",
            ["flowParallel"] = 10d,
            ["flowMemory"] = "3008",
            ["flowBackupDays"] = 90d,
            ["flowTransform"] = true,
            ["flowHecUrl"] = "https://splunk.example.org:8088/",
            ["flowHecToken"] = "ssm:/team/alerts/secrets/network/hec",
            ["flowHecAck"] = true,
            ["flowHecGzip"] = false,
            ["flowHecInFlight"] = 16d,
            ["flowIndex"] = "network",
            ["flowSource"] = "{account}:{region}",
            ["flowSourcetype"] = "aws:flow",
            ["flowHost"] = "{interface_id}",
            ["flowKeep"] = "action=REJECT",
            ["flowSample"] = "10",
            ["flowFields"] = "none",
            ["flowRejectBurst"] = 0d,
            ["flowInterfaceMetrics"] = 50d,
            ["flowBackupAfter"] = "600",
        };

    public static Dictionary<string, object> FlowLogsContext =>
        new()
        {
            ["flowLogs"] = true,
            ["flowVpcs"] = Vpc,
            ["flowHecUrl"] = Hec,
        };

    private static Dictionary<string, object> ForeignFlowLogsContext =>
        new()
        {
            ["flowLogs"] = "true",
            ["flowLogGroup"] = "/vpc/flow-logs",
            ["flowHecUrl"] = Hec,
        };

    public static Dictionary<string, object> MemberContext =>
        new()
        {
            ["guard"] = "member",
            ["guardBus"] = GuardBus,
            ["guardRoles"] = $"{GuardRole},{EventsRole}",
        };

    private static Dictionary<string, object> ChosenMemberContext =>
        new()
        {
            ["stage"] = "test",
            ["parameters"] = "/alerthub",
            ["account"] = Account,
            ["region"] = Region,
            ["guardConfig"] = false,
            ["guardTag"] = "guarded=yes",
            ["guardTagKeys"] = "guarded, change-ticket",
            ["guardQuarantine"] = "sg-0fedcba9876543210",
            ["guardOrganization"] = "o-a1b2c3d4e5",
        };

    private string GuardPackage => Directory.CreateDirectory(Path.Combine(folder.FullName, "guard")).FullName;

    private string FlowLogsPackage => Directory.CreateDirectory(Path.Combine(folder.FullName, "flowlogs")).FullName;

    private string Package => Directory.CreateDirectory(Path.Combine(folder.FullName, "package")).FullName;

    private string Config => Directory.CreateDirectory(Path.Combine(folder.FullName, "config")).FullName;

    public void Dispose() => folder.Delete(recursive: true);

    public App Assemble(Dictionary<string, object> context)
    {
        var app = Some.App(context);
        var (deployment, problems) = Deployment.Read(
            key => app.Node.TryGetContext(key),
            Repository.Root,
            Architecture.X64,
            linux: true
        );
        Assert.Empty(problems);
        Stacks.Add(
            app,
            deployment!,
            [
                new(FunctionProgram.Hub, Package),
                new(FunctionProgram.Guard, GuardPackage),
                new(FunctionProgram.FlowLogs, FlowLogsPackage),
            ]
        );
        return app;
    }

    private static (SynthesizedTemplate App, SynthesizedTemplate Hub) ReadHub(App app, string suffix)
    {
        var assembly = app.Synth().Directory;
        return (
            new(Read(assembly, Stacks.MonitoredApp), assembly),
            SynthesizedTemplate.Joined(ReadHub(assembly, suffix), [], assembly)
        );
    }

    private static SynthesizedTemplate ReadGuard(App app, string suffix) =>
        ReadBesideHub(app, suffix, Stacks.GuardData, Stacks.Guard);

    private static SynthesizedTemplate ReadFlowLogs(App app, string suffix) =>
        ReadBesideHub(app, suffix, Stacks.FlowLogsData, Stacks.FlowLogs);

    private static SynthesizedTemplate ReadBesideHub(App app, string suffix, params string[] stacks)
    {
        var assembly = app.Synth().Directory;
        return SynthesizedTemplate.Joined(
            [.. stacks.Select(stack => Read(assembly, stack + suffix))],
            ReadHub(assembly, suffix),
            assembly
        );
    }

    private SynthesizedTemplate ReadMember(Dictionary<string, object> context)
    {
        var assembly = Assemble(new(MemberContext.Concat(context))).Synth().Directory;
        var template = Path.GetFileName(Assert.Single(Directory.GetFiles(assembly, "*.template.json")));
        return new(Read(assembly, template.Replace(".template.json", "", StringComparison.Ordinal)), assembly);
    }

    private static JsonObject[] ReadHub(string assembly, string suffix) =>
        [
            Read(assembly, Stacks.Data + suffix),
            Read(assembly, Stacks.Hub + suffix),
            Read(assembly, Stacks.Watch + suffix),
        ];

    // A stack that knows where it is has that in place of CloudFormation's variables; the tests are the same for both.
    private static JsonObject Read(string assembly, string stack) =>
        JsonNode
            .Parse(
                File.ReadAllText(Path.Combine(assembly, $"{stack}.template.json"))
                    .Replace(Account, "${AWS::AccountId}", StringComparison.Ordinal)
                    .Replace(Region, "${AWS::Region}", StringComparison.Ordinal)
            )!
            .AsObject();
}

[CollectionDefinition(nameof(Synthesis))]
public sealed class SynthesisGroup : ICollectionFixture<Synthesis>;
