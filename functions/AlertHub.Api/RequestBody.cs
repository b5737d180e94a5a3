namespace AlertHub.Api;

/// <summary>What came of reading a request's body.</summary>
internal abstract record RequestBody
{
    private RequestBody() { }

    public sealed record Whole(ReadOnlyMemory<byte> Bytes) : RequestBody;

    /// <summary>Longer than the endpoint takes.</summary>
    public sealed record TooLarge : RequestBody;

    /// <summary>Too much comes in at once (<see cref="BodyBudget"/>).</summary>
    public sealed record NoRoom : RequestBody;
}
