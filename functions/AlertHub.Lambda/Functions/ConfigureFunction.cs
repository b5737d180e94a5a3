using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertHub.Lambda.Configuration;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AlertHub.Lambda.Functions;

/// <summary>
/// Puts the files of a deployment in force: a custom resource of CloudFormation. Files that are not others than those that
/// a deployment last put in force change nothing, so that what people changed since stands; files that cannot be used fail
/// the deployment, with all that is wrong with them.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html (checked 2026-11). CloudFormation waits an
/// hour for an answer, so there is one whatever happens, before Lambda ends the function.
/// </remarks>
internal sealed partial class ConfigureFunction(
    ConfigVersions versions,
    HttpClient http,
    TimeProvider time,
    ILogger<ConfigureFunction> log
)
{
    /// <summary>What is kept for answering.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>What is kept for saying that even that failed.</summary>
    private static readonly TimeSpan LastMargin = TimeSpan.FromMilliseconds(500);

    /// <summary>Of one try to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Before the tables are asked again that could not be used.</summary>
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(5);

    /// <summary>As Lambda's own.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>CloudFormation's limit of an answer.</summary>
    private const int MostBytes = 4096;

    /// <summary>Others may put one in force just then; so often in a row nobody does.</summary>
    private const int MostTries = 5;

    private const string Resource = "configuration";

    /// <summary>What is within quotes needs no more room than that.</summary>
    private static readonly ConfigureJson Json = new(
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        var request =
            await JsonSerializer
                .DeserializeAsync(input, ConfigureJson.Default.CloudFormationRequest)
                .ConfigureAwait(false)
            ?? new();
        if (request.ResponseUrl is null)
        {
            throw new FormatException(
                "this is no request of CloudFormation for a custom resource: it has no ResponseURL; nothing was changed"
            );
        }

        var left = Left(context, TimeSpan.Zero);
        var answer = await DecideAsync(request, left > Margin * 2 ? left - Margin : left / 2).ConfigureAwait(false);
        Decided(request.RequestType ?? "", answer.Status, answer.Reason);
        await AnswerAsync(request.ResponseUrl, Bytes(answer), Left(context, LastMargin)).ConfigureAwait(false);
        return new MemoryStream("{}"u8.ToArray(), writable: false);
    }

    private static TimeSpan Left(ILambdaContext context, TimeSpan margin)
    {
        var left = context.RemainingTime - margin;
        return left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1)
            : left > Longest ? Longest
            : left;
    }

    private async Task<CloudFormationAnswer> DecideAsync(CloudFormationRequest request, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        try
        {
            var (version, objection) = request.RequestType is "Delete"
                ? (null, null)
                : await SeedPatientlyAsync(request.ResourceProperties, deadline.Token)
                    .WaitAsync(deadline.Token)
                    .ConfigureAwait(false);
            return Answer(request, version, objection);
        }
        catch (Exception e) when (e is StorageUnavailableException or FormatException)
        {
            return Answer(request, version: null, e.Message);
        }
        catch (OperationCanceledException)
        {
            return Answer(
                request,
                version: null,
                $"the configuration could not be put in force within {patience.TotalSeconds:0} seconds; deploy again"
            );
        }
        // CloudFormation would wait for an hour. The exception's own message may quote what it must not.
        catch (Exception e)
        {
            Fault(e.GetType().Name, e.StackTrace ?? "");
            return Answer(request, version: null, $"a fault of AlertHub's: {e.GetType().Name}; the log has its place");
        }
    }

    /// <summary>
    /// The same, once more where the tables could not be used: what a role may do is not known everywhere in the moment that it
    /// is made.
    /// </summary>
    private async Task<(long? Version, string? Objection)> SeedPatientlyAsync(
        JsonElement properties,
        CancellationToken deadline
    )
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await SeedAsync(properties, deadline).ConfigureAwait(false);
            }
            catch (StorageUnavailableException) when (tries < MostTries)
            {
                await Task.Delay(StoragePause, time, deadline).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The version that is in force then, or why the files are not.</summary>
    private async Task<(long? Version, string? Objection)> SeedAsync(JsonElement properties, CancellationToken deadline)
    {
        if (Read(properties, out var objection) is not { } text)
        {
            return (null, objection);
        }

        var origin = new ConfigOrigin(ConfigOrigin.Deployment, "the files of a deployment", text.Hash());
        for (var tries = 0; tries < MostTries; tries++)
        {
            var history = await versions.HistoryAsync(deadline).ConfigureAwait(false);
            if (history.Seed == origin.Seed && history.Current is { } current)
            {
                return (current.Version, null);
            }

            switch (await versions.PutAsync(text, origin, expected: null, deadline).ConfigureAwait(false))
            {
                case ConfigOutcome.Accepted accepted:
                    foreach (var warning in accepted.Warnings)
                    {
                        Warned(warning);
                    }

                    return (accepted.Entry.Version, null);
                case ConfigOutcome.Refused(var objections):
                    return (null, string.Join('\n', objections));
                case ConfigOutcome.TooLarge large:
                    return (null, large.Reason);
            }
        }

        return (null, "others put configurations in force all the time; deploy again");
    }

    private static ConfigText? Read(JsonElement properties, out string? objection)
    {
        var templates = new Dictionary<string, string>(StringComparer.Ordinal);
        objection = null;
        if (Property(properties, Names.TemplatesProperty) is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var template in given.EnumerateObject())
            {
                if (template.Value.ValueKind == JsonValueKind.String)
                {
                    templates[template.Name] = template.Value.GetString() ?? "";
                }
                else
                {
                    objection =
                        $"the property {Names.TemplatesProperty}, \"{template.Name}\": this is no text; give the content of the file";
                }
            }
        }

        if (Property(properties, Names.AlertmanagerProperty) is not { ValueKind: JsonValueKind.String } alertmanager)
        {
            objection =
                $"the property {Names.AlertmanagerProperty} is missing or no text; give the content of alertmanager.yml";
        }
        else if (objection is null)
        {
            return new()
            {
                Alertmanager = alertmanager.GetString() ?? "",
                Hub =
                    Property(properties, Names.HubProperty) is { ValueKind: JsonValueKind.String } hub
                    && hub.GetString() is { Length: > 0 } text
                        ? text
                        : null,
                Templates = templates,
            };
        }

        return null;
    }

    private static JsonElement? Property(JsonElement properties, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var value) ? value : null;

    private static CloudFormationAnswer Answer(CloudFormationRequest request, long? version, string? objection) =>
        new()
        {
            Status = objection is null ? "SUCCESS" : "FAILED",
            Reason = objection ?? "",
            // The same for as long as the stack is there: another one would have CloudFormation delete this one.
            PhysicalResourceId = request.PhysicalResourceId ?? Resource,
            StackId = request.StackId,
            RequestId = request.RequestId,
            LogicalResourceId = request.LogicalResourceId,
            Data = version is { } number ? new() { [Names.VersionAttribute] = $"{number}" } : [],
        };

    /// <summary>With as much of the reason as CloudFormation takes.</summary>
    private static byte[] Bytes(CloudFormationAnswer answer)
    {
        var (reason, bytes) = (answer.Reason, Serialized(answer));
        while (bytes.Length > MostBytes)
        {
            // A character is a byte at the least, so no more is cut than must be.
            var keep = Math.Max(0, reason.Length - Math.Max(1, (bytes.Length - MostBytes) / 6));
            reason = reason[..(keep > 0 && char.IsHighSurrogate(reason[keep - 1]) ? keep - 1 : keep)];
            bytes = Serialized(answer with { Reason = $"{reason}… (the log has all of it)" });
        }

        return bytes;
    }

    private static byte[] Serialized(CloudFormationAnswer answer) =>
        JsonSerializer.SerializeToUtf8Bytes(answer, Json.CloudFormationAnswer);

    private async Task AnswerAsync(Uri address, byte[] body, TimeSpan left)
    {
        using var deadline = new CancellationTokenSource(left, time);
        for (var pause = Pause; ; pause *= 2)
        {
            var reason = await TryAsync(address, body, deadline.Token).ConfigureAwait(false);
            if (reason is null)
            {
                return;
            }

            NotAnswered(reason);
            try
            {
                await Task.Delay(pause, time, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException e)
            {
                // Lambda invokes again with the same request, which by then changes nothing.
                throw new IOException($"CloudFormation did not take the answer: {reason}", e);
            }
        }
    }

    /// <returns>Null where it was taken, else why not; never the address, which lets in whoever has it.</returns>
    private async Task<string?> TryAsync(Uri address, byte[] body, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var content = new ByteArrayContent(body);
            // The address is signed for an empty type.
            content.Headers.TryAddWithoutValidation("Content-Type", "");
            using var response = await http.PutAsync(address, content, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"it was answered {(int)response.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return $"there was no answer ({e.GetType().Name})";
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{RequestType}: {Status} {Reason}")]
    private partial void Decided(string requestType, string status, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void Warned(string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "CloudFormation did not take the answer: {Reason}")]
    private partial void NotAnswered(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A fault of AlertHub's: {Type} {StackTrace}")]
    private partial void Fault(string type, string stackTrace);

    /// <summary>Of "Custom resource request objects"; what is not used is left out.</summary>
    internal sealed record CloudFormationRequest
    {
        public string? RequestType { get; init; }

        [JsonPropertyName("ResponseURL")]
        public Uri? ResponseUrl { get; init; }

        public string? StackId { get; init; }

        public string? RequestId { get; init; }

        public string? LogicalResourceId { get; init; }

        public string? PhysicalResourceId { get; init; }

        public JsonElement ResourceProperties { get; init; }
    }

    /// <summary>Of "Custom resource response objects".</summary>
    internal sealed record CloudFormationAnswer
    {
        public required string Status { get; init; }

        public required string Reason { get; init; }

        public required string PhysicalResourceId { get; init; }

        public string? StackId { get; init; }

        public string? RequestId { get; init; }

        public string? LogicalResourceId { get; init; }

        public Dictionary<string, string> Data { get; init; } = [];
    }
}

[JsonSerializable(typeof(ConfigureFunction.CloudFormationRequest))]
[JsonSerializable(typeof(ConfigureFunction.CloudFormationAnswer))]
internal sealed partial class ConfigureJson : JsonSerializerContext;
