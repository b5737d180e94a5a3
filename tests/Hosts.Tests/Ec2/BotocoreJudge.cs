using System.Text.Json;
using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Ec2;

/// <summary>
/// All that a server was asked and has answered so far is as botocore's model of EC2 has it, name by name: whoever
/// speaks to it by a client of his own is judged too.
/// </summary>
internal static class BotocoreJudge
{
    /// <returns>Of each call, what botocore_ec2.py says about it.</returns>
    public static async Task<JsonElement[]> JudgeAsync(Ec2Server server)
    {
        var calls = server.Calls.ToArray();
        var judged = await Botocore.AskAsync(
            "Ec2/botocore_ec2.py",
            calls.Select(static call => new JsonObject
            {
                ["operation"] = call.Action,
                ["parameters"] = new JsonArray([
                    .. call.Parameters.Select(static field => new JsonArray(field.Name, field.Value)),
                ]),
                ["status"] = call.Refusal?.Status ?? 200,
                ["body"] = call.Answer,
            })
        );
        foreach (var (call, verdict) in calls.Zip(judged))
        {
            Assert.Equal(
                call.Parameters.Select(static field => $"{field.Name}={field.Value}").Order(StringComparer.Ordinal),
                verdict
                    .GetProperty("sent")
                    .EnumerateArray()
                    .Select(static field => $"{field[0]}={field[1]}")
                    .Order(StringComparer.Ordinal)
            );
            Assert.Empty(verdict.GetProperty("strange").EnumerateArray());
            Assert.Equal(
                call.Refusal?.Code,
                verdict.GetProperty("parsed").TryGetProperty("Error", out var error)
                    ? error.GetProperty("Code").GetString()
                    : null
            );
            if (call.Refusal is null && call.Answer.Length > 0)
            {
                Assert.Equal(
                    $"{{http://ec2.amazonaws.com/doc/2016-11-15/}}{call.Action}Response",
                    verdict.GetProperty("root").GetString()
                );
            }
        }

        return judged;
    }
}
