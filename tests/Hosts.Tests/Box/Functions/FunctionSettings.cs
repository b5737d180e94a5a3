using System.Globalization;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Functions;

/// <summary>A function as its template describes it.</summary>
internal sealed record FunctionSettings
{
    private const int BytesPerMegabyte = 1024 * 1024;

    // Played, or without an effect on what a process does.
    private static readonly string[] Known =
    [
        "Architectures",
        "Code",
        "Description",
        "Environment",
        "FunctionName",
        "Handler",
        "LoggingConfig",
        "MemorySize",
        "RecursiveLoop",
        "ReservedConcurrentExecutions",
        "Role",
        "Runtime",
        "Tags",
        "Timeout",
        "TracingConfig",
    ];

    /// <summary>Its logical id.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Arn { get; init; }

    /// <summary>Unpacked.</summary>
    public required string Code { get; init; }

    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>How many environments it may have at most; null where the account's limit holds.</summary>
    public required int? ReservedConcurrency { get; init; }

    /// <summary>What the template and Lambda set; the keys and addresses of AWS come on top.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <exception cref="TemplateException">It cannot be run here.</exception>
    public static FunctionSettings Read(StackResource function, TemplateValues values, Physical physical)
    {
        var properties = values.Properties(function);
        Templates.Properties.Check(properties, $"{function}", Known);
        var (runtime, handler) = ((string?)properties["Runtime"], (string?)properties["Handler"] ?? "");
        var code = Folder(function, properties);
        var memory = (int?)properties["MemorySize"] ?? 128;
        var logs = properties["LoggingConfig"];
        Dictionary<string, string> environment = new()
        {
            ["AWS_REGION"] = Physical.Region,
            ["AWS_DEFAULT_REGION"] = Physical.Region,
            ["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{runtime}",
            ["AWS_LAMBDA_FUNCTION_NAME"] = physical.Name(function),
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = memory.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_FORMAT"] = (string?)logs?["LogFormat"] ?? "Text",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = (string?)logs?["LogGroup"] ?? $"/aws/lambda/{physical.Name(function)}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = "2026/11/28/[$LATEST]0",
            ["LAMBDA_TASK_ROOT"] = code,
            ["_HANDLER"] = handler,
            ["TZ"] = ":UTC",
        };
        if ((string?)logs?["ApplicationLogLevel"] is { } level)
        {
            environment["AWS_LAMBDA_LOG_LEVEL"] = level;
        }

        var isManaged = runtime != "provided.al2023";
        if (isManaged)
        {
            // Lambda's limit is on all that the process takes; .NET takes three quarters of it for the heap where it
            // can see the limit.
            environment["DOTNET_GCHeapHardLimit"] = (memory * (long)BytesPerMegabyte * 3 / 4).ToString(
                "X",
                CultureInfo.InvariantCulture
            );
        }

        foreach (var (name, value) in properties[nameof(Environment)]?["Variables"] as JsonObject ?? [])
        {
            environment[name] = value!.ToString();
        }

        return new()
        {
            Id = function.Id,
            Name = physical.Name(function),
            Arn = physical.Arn(function),
            Code = code,
            Program = runtime switch
            {
                "dotnet10" => "dotnet",
                "provided.al2023" => Path.Combine(code, "bootstrap"),
                _ => throw new TemplateException($"{function}: the runtime '{runtime}' is not played."),
            },
            Arguments = isManaged ? ["exec", Path.Combine(code, $"{handler}.dll")] : [],
            Timeout = TimeSpan.FromSeconds((int?)properties[nameof(Timeout)] ?? 3),
            ReservedConcurrency = (int?)properties["ReservedConcurrentExecutions"],
            Environment = environment,
        };
    }

    private static string Folder(StackResource function, JsonObject properties)
    {
        var asset =
            (string?)function.Json["Metadata"]?["aws:asset:path"]
            ?? (
                (string?)properties[nameof(Code)]?["S3Key"] is { } key
                    ? $"asset.{Path.GetFileNameWithoutExtension(key)}"
                    : ""
            );
        var folder = Path.Combine(function.Stack.Folder, asset);
        return asset is not "" && Directory.Exists(folder)
            ? folder
            : throw new TemplateException($"{function}: there is no asset \"{folder}\".");
    }
}
