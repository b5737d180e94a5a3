using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>What a box is told besides the templates.</summary>
internal sealed record StackBoxOptions
{
    /// <summary>Parameter Store at the deployment, by full name. By default nothing is there.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Which of the stacks are deployed. By default all.</summary>
    public Func<string, bool> Stacks { get; init; } = static _ => true;

    /// <summary>Parameters of the templates.</summary>
    public IReadOnlyDictionary<string, string> TemplateParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables on top of the template's, by the function's logical id.</summary>
    public Func<string, IReadOnlyDictionary<string, string>> Variables { get; init; } =
        static _ => new Dictionary<string, string>();

    /// <summary>
    /// How many processes a function may have, by its logical id; a smaller reserved concurrency holds. By default 1.
    /// </summary>
    public Func<string, int> Environments { get; init; } = static _ => 1;

    /// <summary>
    /// When messages that a function did not handle come back; null for the visibility timeout of the queue, which is
    /// when they do in AWS. By default 1 s.
    /// </summary>
    public TimeSpan? Redelivery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often schedules fire by themselves, whatever they say; null, the default, for when the test says so.</summary>
    public TimeSpan? ScheduleEvery { get; init; }

    /// <summary>Changes the resolved properties of a custom resource before it is made.</summary>
    public Action<StackResource, JsonObject> Custom { get; init; } = static (_, _) => { };

    /// <summary>Emulators that run already. By default the box has its own.</summary>
    public Dynalite? Dynalite { get; init; }

    public Fauxqs? Fauxqs { get; init; }
}
