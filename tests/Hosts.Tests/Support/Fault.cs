namespace Hosts.Tests.Support;

/// <summary>What a <see cref="FaultyDestination"/> does with a request.</summary>
internal abstract record Fault
{
    private Fault() { }

    /// <summary>An answer in HTTP, and a good one too: <c>new(200)</c>.</summary>
    /// <param name="Headers">Whole lines, parted by \n.</param>
    public sealed record Answer(int Status, string Body = "", string Headers = "") : Fault;

    /// <summary>The same, when something else has happened.</summary>
    public sealed record AnswerAfter(Task Until, Answer Then) : Fault;

    /// <summary>Resets the connection before it has read anything.</summary>
    public sealed record ResetAtOnce : Fault;

    /// <summary>Resets it when the head of the request is there.</summary>
    public sealed record ResetBeforeBody : Fault;

    /// <summary>Resets it when the whole request is there.</summary>
    public sealed record ResetAfterBody : Fault;

    /// <summary>Closes it politely when the whole request is there, without an answer.</summary>
    public sealed record Close : Fault;

    /// <summary>Announces more of an answer than it sends.</summary>
    public sealed record HalfAnswer(int Status) : Fault;

    /// <summary>Half of an answer's head.</summary>
    public sealed record HalfHead : Fault;

    /// <summary>Takes the request and never answers.</summary>
    public sealed record Silence : Fault;

    /// <summary>Answers letter by letter and never comes to an end.</summary>
    public sealed record Trickle : Fault;

    /// <summary>Answers in no language of the web.</summary>
    public sealed record Noise : Fault;
}
