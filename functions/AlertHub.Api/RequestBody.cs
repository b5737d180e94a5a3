namespace AlertHub.Api;

/// <summary>What came of reading a request's body.</summary>
internal abstract record RequestBody
{
    private RequestBody() { }

    public sealed record Whole(ReadOnlyMemory<byte> Bytes) : RequestBody;

    /// <summary>Longer than the endpoint takes.</summary>
    public sealed record TooLarge : RequestBody;

    /// <summary>It is packed in a way that nobody here can unpack, or wrongly.</summary>
    /// <param name="Status">Of HTTP: 415 or 400.</param>
    /// <param name="Reason">What is wrong, and what to do.</param>
    public sealed record Unreadable(int Status, string Reason) : RequestBody;

    /// <summary>Too much comes in at once (<see cref="BodyBudget"/>).</summary>
    public sealed record NoRoom : RequestBody;
}
