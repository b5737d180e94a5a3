namespace SecurityGroupGuard.Ec2;

/// <summary>What became of a step.</summary>
internal abstract record Outcome
{
    private Outcome() { }

    /// <summary>EC2 did it, or it was so already.</summary>
    public sealed record Done : Outcome
    {
        public override string ToString() => "done";
    }

    /// <summary>EC2 said that it would have done it.</summary>
    public sealed record WouldBeDone : Outcome
    {
        public override string ToString() => "would have been done";
    }

    /// <summary>Nobody asked EC2: the guard only looks.</summary>
    public sealed record NotTried : Outcome
    {
        public override string ToString() => "not tried";
    }

    /// <summary>EC2 refused it, and would again.</summary>
    /// <param name="Code"><c>UnauthorizedOperation</c>.</param>
    /// <param name="Message">What EC2 says to it.</param>
    public sealed record Refused(string Code, string Message) : Outcome
    {
        public override string ToString() => $"refused: {Code}: {Message}";
    }

    /// <summary>EC2 said that it did it, and does not show it.</summary>
    public sealed record NotSeen : Outcome
    {
        public override string ToString() => "done by EC2's word, but not to be seen";
    }
}
