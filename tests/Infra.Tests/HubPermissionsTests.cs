using AlertHub.Tests.Support;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>What each function may do, as a table that somebody has read.</summary>
[Collection(nameof(Synthesis))]
public sealed class HubPermissionsTests(Synthesis synthesis)
{
    [Theory]
    [InlineData(false, "hub-permissions.txt")]
    [InlineData(true, "hub-permissions-chosen.txt")]
    public void Each_function_may_do_this_and_no_more(bool chosen, string table)
    {
        var hub = chosen ? synthesis.ChosenHub : synthesis.Hub;
        var lines =
            from function in hub.ProgramFunctions().OrderBy(function => function.Key, StringComparer.Ordinal)
            let role = SynthesizedTemplate.Flat(function.Value["Properties"]!["Role"])
            from line in (
                from allowed in hub.IdentityStatements()
                where role == $"${{{RoleOf(hub, allowed.Id)}.Arn}}"
                from resource in SynthesizedTemplate.List(allowed.Statement["Resource"])
                from action in SynthesizedTemplate.List(allowed.Statement["Action"])
                let name = ReadableName(SynthesizedTemplate.Flat(resource))
                group (string)action! by name into actions
                orderby actions.Key
                select $"{actions.Key}: {string.Join(", ", actions.Distinct().Order(StringComparer.Ordinal))}"
            )
            select $"{function.Key} | {line}";

        Approved.Matches($"Infra/{table}", string.Join('\n', lines));
    }

    private static string RoleOf(SynthesizedTemplate hub, string id) =>
        hub.Resources("AWS::IAM::Policy").TryGetValue(id, out var policy)
            ? SynthesizedTemplate.Flat(policy["Properties"]!["Roles"])[2..^1]
            : id;

    private static string ReadableName(string arn) =>
        arn.Replace("arn:${AWS::Partition}:", "", StringComparison.Ordinal)
            .Replace("${AWS::Region}:${AWS::AccountId}:", "", StringComparison.Ordinal);
}
