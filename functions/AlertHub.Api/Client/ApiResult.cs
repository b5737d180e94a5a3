namespace AlertHub.Api.Client;

/// <summary>What came of a request to an Alertmanager.</summary>
public abstract record ApiResult<T>
{
    private ApiResult() { }

    public sealed record Ok(T Value) : ApiResult<T>;

    /// <summary>It was not done.</summary>
    /// <param name="Status">Of HTTP; 0 where no answer came that could be read.</param>
    /// <param name="Message">What Alertmanager says, or what happened, for a person.</param>
    public sealed record Failed(int Status, string Message) : ApiResult<T>
    {
        public override string ToString() => Status == 0 ? Message : $"{Status}: {Message}";
    }
}
