using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hosts.Tests.Ec2.Actions;
using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Trail;
using Hosts.Tests.Ec2.Wire;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Ec2;

/// <summary>
/// EC2's security groups, for whoever speaks its query protocol of 2016-11-15: one account, one Region, in memory, with
/// what CloudTrail would write about each call that changes something.
/// </summary>
/// <remarks>
/// Otherwise than in AWS: signatures are looked for, not computed; a VPC is whatever a group says that it is in; listings
/// that name no size have pages of 1000; a dry run proves permissions and nothing else; filters of groups by their rules,
/// security groups that several VPCs share, Outposts and ClassicLink are missing.
/// </remarks>
internal sealed partial class Ec2Server : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, UserIdentity> admitted = new(StringComparer.Ordinal);
    private WebServer? server;
    private UserIdentity somebody = new UserIdentity.AssumedRole("Admin", "somebody");
    private Ec2State state = new();
    private (Ec2State State, int Reads) stale = (new(), 0);

    private Ec2Server(TimeProvider time) => this.time = time;

    /// <summary>For <c>AWS_ENDPOINT_URL_EC2</c> and <c>ServiceURL</c>.</summary>
    public string Url => server?.Address.ToString() ?? throw new InvalidOperationException("The server does not run.");

    public Ec2Faults Faults { get; } = new();

    /// <summary>Every call with what became of it, in the order of their effects.</summary>
    public ConcurrentQueue<Ec2Call> Calls { get; } = [];

    /// <summary>An event for EventBridge of every call that writes, also of those that were refused.</summary>
    public ConcurrentQueue<JsonObject> CloudTrail { get; } = [];

    public Ec2State State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }
    }

    /// <param name="time">Of CloudTrail's records; the system's unless given.</param>
    public static async Task<Ec2Server> StartAsync(TimeProvider? time = null)
    {
        var ec2 = new Ec2Server(time ?? TimeProvider.System);
        ec2.server = await WebServer.StartAsync(ec2.HandleAsync);
        return ec2;
    }

    /// <summary>From now on it is he who calls, with whatever access key that nobody else was admitted with.</summary>
    public void As(UserIdentity who) => Volatile.Write(ref somebody, who);

    /// <summary>Calls that are signed with this access key are his.</summary>
    public void Admit(string accessKey, UserIdentity who) => admitted[accessKey] = who;

    /// <summary>Something is otherwise, and neither the ledger nor CloudTrail knows.</summary>
    public void Change(Func<Ec2State, Ec2State> change)
    {
        lock (gate)
        {
            state = change(state);
        }
    }

    /// <summary>A group that has always been there.</summary>
    /// <param name="name">Of the group.</param>
    /// <param name="rules">As <see cref="RuleText"/> reads them. Without any of the way out, none lead out.</param>
    /// <param name="vpcId">Null: the default one.</param>
    /// <param name="tags">Also those that begin with <c>aws:</c>.</param>
    public StoredGroup AddGroup(
        string name,
        IEnumerable<string> rules,
        string? vpcId = "vpc-0123456789abcdef0",
        params (string Key, string Value)[] tags
    )
    {
        lock (gate)
        {
            var group = new StoredGroup
            {
                Id = "",
                Name = name,
                VpcId = vpcId ?? state.DefaultVpcId,
                Description = name,
                Tags = StoredTags.Of(tags),
            };
            state = Groups.Add(state, group, rules.Select(RuleText.Parse), out var id);
            return state.Group(id);
        }
    }

    /// <summary>What a group has now; empty where it is gone.</summary>
    public IReadOnlyList<StoredRule> Rules(string groupId) => State.Groups.GetValueOrDefault(groupId)?.Rules ?? [];

    /// <summary>What a group has now, in words and in order, to be compared.</summary>
    public string RulesText(string groupId) =>
        string.Join('\n', Rules(groupId).Select(static rule => rule.ToString()).Order(StringComparer.Ordinal));

    /// <summary>Somebody else calls, past the faults that are planned.</summary>
    /// <exception cref="Ec2Refusal">It is not done; CloudTrail has it all the same.</exception>
    public Ec2Call Perform(UserIdentity who, string action, params (string Name, string Value)[] parameters)
    {
        var call = Answer(new(who, action, QueryNode.Of(parameters)), null);
        return call.Refusal is { } refusal ? throw refusal : call;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task HandleAsync(WebRequest request, HttpContext http)
    {
        var query = QueryNode.Parse(request.Body);
        var key = AccessKey().Match(request["Authorization"] ?? "") is { Success: true } match
            ? match.Groups[1].Value
            : null;
        var asked = new Asked(
            key is not null && admitted.TryGetValue(key, out var who) ? who : Volatile.Read(ref somebody),
            query["Action"].Value ?? "",
            query
        )
        {
            AccessKey = key,
            UserAgent = request["User-Agent"] ?? "",
        };
        var call = Answer(asked, Faults.Take(asked.Action));
        switch (call.Fault)
        {
            case Ec2Fault.LostRequest or Ec2Fault.LostAnswer:
                http.Abort();
                return;
            case Ec2Fault.HangsBefore or Ec2Fault.HangsAfter:
                await Task.Delay(Timeout.Infinite, http.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            default:
                http.Response.StatusCode = call.Refusal?.Status ?? 200;
                http.Response.ContentType = "text/xml;charset=UTF-8";
                http.Response.Headers["x-amzn-requestid"] = asked.RequestId;
                await http.Response.WriteAsync(call.Answer, http.RequestAborted);
                return;
        }
    }

    [GeneratedRegex(
        @"^AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/[^/]+/ec2/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}\z"
    )]
    private static partial Regex AccessKey();

    /// <summary>What is asked for, by whom.</summary>
    private sealed record Asked(UserIdentity Who, string Action, QueryNode Query)
    {
        /// <summary>Null where it is not signed.</summary>
        public string? AccessKey { get; init; } = "ASIAEXAMPLEELSEWHERE";

        public string UserAgent { get; init; } = "console.ec2.amazonaws.com";

        public string RequestId { get; } = Guid.NewGuid().ToString();
    }
}
