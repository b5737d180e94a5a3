using System.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>What one side did in a scenario.</summary>
/// <param name="Answers">What each step was answered, in the order of the steps.</param>
/// <param name="Webhooks">What arrived, in that order.</param>
internal sealed record SideObservation(
    AlertmanagerProgram Program,
    IReadOnlyList<string> Answers,
    IReadOnlyList<Received> Webhooks
);

/// <summary>What both sides did in one attempt.</summary>
/// <param name="LateMs">How late a side, this process or the machine may have been, in the scenario's time.</param>
internal sealed record Observation(Scenario Scenario, Pace Pace, SideObservation A, SideObservation B, int LateMs)
{
    /// <summary>So little moves nothing across an edge: those are half a second away.</summary>
    private const int CalmMs = 100;

    /// <summary>Whether a difference proves anything.</summary>
    public bool IsCalm => LateMs <= CalmMs;

    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var (name, side) in new[] { ("A", A), ("B", B) })
        {
            text.AppendLine(null, $"{name}: {side.Program.Name}");
            foreach (var ((at, _), answer) in Scenario.Steps.Zip(side.Answers))
            {
                text.AppendLine(null, $"  {at, 7} ms  > {answer}");
            }

            foreach (var webhook in side.Webhooks)
            {
                text.AppendLine(null, $"  {webhook}");
            }
        }

        return text.AppendLine(null, $"late by up to {LateMs} ms; pace 1/{Pace.Factor}").ToString();
    }
}
