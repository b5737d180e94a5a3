using System.Diagnostics;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>Runs the Python of the template with stand-ins for what Lambda gives it.</summary>
[Collection(nameof(Synthesis))]
public sealed class PlatformLookupTests(Synthesis synthesis)
{
    private const string Known = "PHP 8.4 running on 64bit Amazon Linux 2023";

    [Theory]
    [InlineData("Create", Known, "SUCCESS arn:of:8.4 platform")]
    [InlineData("Update", Known, "SUCCESS arn:of:8.4 platform")]
    [InlineData("Delete", "whatever", "SUCCESS None platform")]
    public async Task It_answers_with_the_recommended_version(string request, string branch, string answer) =>
        Assert.Equal(answer, await Run(request, branch));

    [Fact]
    public async Task A_branch_that_has_ended_is_told_with_the_branches_there_are()
    {
        var answer = await Run("Create", "PHP 7.4 running on 64bit Amazon Linux 2023");

        Assert.StartsWith("FAILED None platform ", answer, StringComparison.Ordinal);
        Assert.Contains("\"PHP 7.4 running on 64bit Amazon Linux 2023\"", answer, StringComparison.Ordinal);
        Assert.Contains("-c platform=... and one of: " + Known, answer, StringComparison.Ordinal);
    }

    private async Task<string> Run(string request, string branch)
    {
        var function = Assert.Single(
            synthesis.Default.Resources("AWS::Lambda::Function").Values,
            function => function["Properties"]!["Code"]!["ZipFile"] is not null
        );
        using var python = new Process
        {
            StartInfo = new ProcessStartInfo("python3", ["-I", "-", request, branch])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        python.Start();
        await python.StandardInput.WriteAsync(
            $$$"""
            import sys, types
            fakes = {name: types.ModuleType(name) for name in ("boto3", "cfnresponse")}
            sys.modules.update(fakes)

            class Beanstalk:
                def list_platform_versions(self, Filters):
                    by = {f["Type"]: (f["Operator"], f["Values"]) for f in Filters}
                    assert by["PlatformLifecycleState"] == ("=", ["Recommended"])
                    operator, [branch] = by["PlatformBranchName"]
                    match = {"=": str.__eq__, "begins_with": str.startswith}[operator]
                    known = [{"PlatformBranchName": "{{{Known}}}", "PlatformArn": "arn:of:8.4"}]
                    return {"PlatformSummaryList": [p for p in known if match(p["PlatformBranchName"], branch)]}

            def send(event, context, status, found, id, noEcho=False, reason=""):
                print(" ".join([status, str(found.get("PlatformArn")), id, reason]).strip())

            fakes["boto3"].client = lambda service: {"elasticbeanstalk": Beanstalk()}[service]
            fakes["cfnresponse"].send = send
            fakes["cfnresponse"].SUCCESS, fakes["cfnresponse"].FAILED = "SUCCESS", "FAILED"
            {{{function["Properties"]!["Code"]!["ZipFile"]}}}
            handler({"RequestType": sys.argv[1], "ResourceProperties": {"Branch": sys.argv[2]}}, None)
            """
        );
        python.StandardInput.Close();
        var errors = python.StandardError.ReadToEndAsync();
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.Equal("", await errors);
        return output.Trim();
    }
}
