using AlertHub.Storing;

namespace AlertHub.Local.Storage;

/// <summary>What a change works on: the state after the changes before it, and the rules that hold then.</summary>
internal sealed class Turn(Draft draft, HubRules rules)
{
    public Draft Draft { get; } = draft;

    public HubRules Rules { get; set; } = rules;

    /// <summary>Whether a row is to be written though nothing changed.</summary>
    public bool IsSignOfLife { get; set; }
}

/// <summary>A change that waits for its turn, with somebody who waits for it.</summary>
internal abstract class StoreChange
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private int place = Waiting;

    /// <summary>Whether it is still wanted; from then on it cannot be withdrawn.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref place, Taken, Waiting) == Waiting;

    /// <summary>Whether it came in time: then it will never be run.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref place, Withdrawn, Waiting) == Waiting;

    public abstract void Run(Turn turn);

    public abstract void Succeed();

    public abstract void Fail(Exception failure);
}

internal sealed class StoreChange<T>(Func<Turn, T> change) : StoreChange
{
    // The loop must not run the callers' code when it completes them.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Stored => done.Task;

    public override void Run(Turn turn) => result = change(turn);

    public override void Succeed() => done.TrySetResult(result!);

    public override void Fail(Exception failure) => done.TrySetException(failure);
}
