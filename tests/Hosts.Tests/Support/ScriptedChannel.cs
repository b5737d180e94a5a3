using AlertHub;
using AlertHub.Notifying;

namespace Hosts.Tests.Support;

/// <summary>A destination that does as it is told by the alert's name, and counts what it is sent.</summary>
internal sealed class ScriptedChannel(Func<string, int, Task<DeliveryResult>> answer) : IChannel
{
    private readonly Lock gate = new();
    private readonly List<Notification> told = [];
    private readonly List<(int Count, TaskCompletionSource Done)> waiters = [];

    string IChannel.Name => "test";

    /// <summary>The names of the alerts in the order they were sent.</summary>
    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (gate)
            {
                return [.. told.Select(Name)];
            }
        }
    }

    public IReadOnlyList<Notification> Told
    {
        get
        {
            lock (gate)
            {
                return [.. told];
            }
        }
    }

    public ScriptedChannel(Func<string, int, DeliveryResult> answer)
        : this((name, attempt) => Task.FromResult(answer(name, attempt))) { }

    public Task CountAsync(int count)
    {
        lock (gate)
        {
            if (told.Count >= count)
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((count, done));
            return done.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public Task<DeliveryResult> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var name = Name(notification);
        int attempt;
        lock (gate)
        {
            told.Add(notification);
            attempt = told.Count(t => Name(t) == name);
            foreach (var waiter in waiters.Where(w => told.Count >= w.Count).ToArray())
            {
                waiter.Done.TrySetResult();
                waiters.Remove(waiter);
            }
        }

        return answer(name, attempt).WaitAsync(cancellationToken);
    }

    private static string Name(Notification notification) => notification.Alerts[0].Name;
}
