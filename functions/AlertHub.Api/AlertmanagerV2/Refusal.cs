using System.Buffers;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// Why a request is not done. Alertmanager says what is wrong with a request's form in an object with a code, which says
/// more than the status where that is 422, and what is wrong with its meaning in a string.
/// </summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Code">The object's code; null for a string, and for no body where there is no message.</param>
/// <param name="Message">A sentence for whoever asked.</param>
internal sealed record Refusal(int Status, int? Code, string? Message)
{
    /// <summary>go-openapi's codes beside the statuses of HTTP.</summary>
    private const int WrongFormat = 601;

    private const int Missing = 602;
    private const int TooFew = 612;

    /// <summary>Not JSON, or a value of another kind than the member has.</summary>
    public static Refusal Unreadable(string message) => new(400, 400, message);

    public static Refusal Format(string message) => new(422, WrongFormat, message);

    /// <param name="path">Of the member: <c>0.labels</c>.</param>
    public static Refusal Required(string path) => new(422, Missing, $"{path} in body is required");

    public static Refusal Empty(string path) => new(422, TooFew, $"{path} in body must hold at least one");

    /// <summary>Readable, but not what can be done.</summary>
    public static Refusal Invalid(string message) => new(400, null, message);

    public static Refusal NoSuchPath(string path) => new(404, 404, $"there is no path {Exchange.Quote(path)} here");

    public static Refusal NoSuchMethod(string method, IEnumerable<string> methods) =>
        new(405, 405, $"{Exchange.Quote(method)} is not possible here, only {string.Join(" and ", methods)}");

    /// <summary>A browser sent it for somebody else.</summary>
    public static Refusal Forbidden(string objection) => new(403, 403, objection);

    public static Refusal TooLarge(int limitBytes) =>
        new(413, 413, $"the body is larger than {limitBytes} bytes, and nothing of it was stored; send it in parts");

    /// <summary>Clients try again.</summary>
    public static Refusal Unavailable(string reason) => new(503, null, $"not stored, send it again later: {reason}");

    /// <summary>A silence is to be changed that nobody knows.</summary>
    public static Refusal NoSuchSilence(string id) => new(404, null, $"there is no silence \"{id}\"");

    /// <summary>A silence is asked for that nobody knows: no body.</summary>
    public static Refusal SilenceNotFound { get; } = new(404, null, null);

    /// <summary>The body, as application/json; nothing where there is no message.</summary>
    public void Write(IBufferWriter<byte> body)
    {
        if (Message is null)
        {
            return;
        }

        var json = new GoJsonWriter(body, escapesHtml: false);
        if (Code is { } code)
        {
            json.Raw("{\"code\":"u8);
            json.Number(code);
            json.Raw(",\"message\":"u8);
            json.String(Message);
            json.Raw("}"u8);
        }
        else
        {
            json.String(Message);
            json.Raw("\n"u8);
        }
    }
}
