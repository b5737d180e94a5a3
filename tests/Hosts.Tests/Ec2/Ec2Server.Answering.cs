using System.Text.Json.Nodes;
using Hosts.Tests.Ec2.Actions;
using Hosts.Tests.Ec2.Trail;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2;

internal sealed partial class Ec2Server
{
    private readonly List<(Predicate<Ec2Call> IsIt, TaskCompletionSource<Ec2Call> Done)> awaited = [];

    /// <summary>The next call of an action, as soon as all that it does is done; it may hang by then.</summary>
    public Task<Ec2Call> NextAsync(string action) => NextAsync(call => call.Action == action);

    /// <summary>The next of such calls, the same.</summary>
    public Task<Ec2Call> NextAsync(Predicate<Ec2Call> isIt)
    {
        var done = new TaskCompletionSource<Ec2Call>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            awaited.Add((isIt, done));
        }

        return done.Task;
    }

    /// <summary>One call at a time, with all that is known of it afterwards.</summary>
    private Ec2Call Answer(Asked asked, Ec2Fault? fault)
    {
        lock (gate)
        {
            var call = new Ec2Call
            {
                Action = asked.Action,
                Parameters = [.. asked.Query.Fields().Where(static field => field.Name is not ("Action" or "Version"))],
                Who = asked.Who,
                Fault = fault,
            };
            if (fault is not (Ec2Fault.LostRequest or Ec2Fault.HangsBefore))
            {
                call = Done(asked, call);
            }

            Calls.Enqueue(call);
            awaited.FindAll(each => each.IsIt(call)).ForEach(each => each.Done.SetResult(call));
            awaited.RemoveAll(each => each.IsIt(call));
            return call;
        }
    }

    private Ec2Call Done(Asked asked, Ec2Call call)
    {
        Ec2Action? action = null;
        try
        {
            _ = asked.AccessKey ?? throw Ec2Refusal.NotSigned;
            action = Ec2Actions.Find(asked.Action, asked.Query);
            Check(asked, call.Fault);
            var answer = Effect(action, asked.Query).Answer;
            Tell(asked, action, TrailAnswer.Of(asked.Action, action.IsWrapped, asked.RequestId, answer), null);
            return call with { Answer = Ec2Xml.Answer(asked.Action, asked.RequestId, answer) };
        }
        catch (Ec2Refusal refusal)
        {
            Tell(asked, action, null, refusal);
            return call with { Refusal = refusal, Answer = Ec2Xml.Error(asked.RequestId, refusal) };
        }
    }

    private void Check(Asked asked, Ec2Fault? fault)
    {
        if (fault is Ec2Fault.Throttled or Ec2Fault.InternalError or Ec2Fault.Unavailable)
        {
            throw fault switch
            {
                Ec2Fault.Throttled => Ec2Refusal.Throttled,
                Ec2Fault.InternalError => Ec2Refusal.Internal,
                _ => Ec2Refusal.Unavailable,
            };
        }

        if (Faults.Denies(asked.Action))
        {
            throw Ec2Refusal.Unauthorized;
        }

        if (string.Equals(asked.Query["DryRun"].Value, "true", StringComparison.OrdinalIgnoreCase))
        {
            throw Ec2Refusal.DryRun;
        }
    }

    private Ec2Outcome Effect(Ec2Action action, QueryNode query)
    {
        if (!action.IsWrite && stale.Reads > 0)
        {
            stale = stale with { Reads = stale.Reads - 1 };
            return action.Do(stale.State, query);
        }

        var outcome = action.Do(state, query);
        if (action.IsWrite)
        {
            stale = (state, Faults.StaleReads);
            state = outcome.State;
        }

        return outcome;
    }

    /// <summary>Who is not known cannot be told of.</summary>
    private void Tell(Asked asked, Ec2Action? action, JsonObject? answer, Ec2Refusal? refusal)
    {
        if (action?.Trail is not { } request)
        {
            return;
        }

        CloudTrail.Enqueue(
            new TrailRecord
            {
                Action = asked.Action,
                AccountId = state.AccountId,
                Region = state.Region,
                Time = time.GetUtcNow(),
                Who = asked.Who,
                AccessKey = asked.AccessKey ?? "",
                UserAgent = asked.UserAgent,
                RequestId = asked.RequestId,
                Request = request(asked.Query),
                Answer = answer,
                Refusal = refusal,
            }.ToEvent()
        );
    }
}
