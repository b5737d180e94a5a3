using System.Xml.Linq;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Invariants;

/// <summary>The projects and who sees whom (functions/README.md, invariants 7 and 8).</summary>
public sealed class Projects
{
    private static readonly string[] Folders = ["functions", "infra", "tests"];

    /// <summary>A project sees only what stands on a lower step.</summary>
    private static readonly Dictionary<string, int> Steps = new()
    {
        ["Amazon"] = 0,
        ["AlertHub"] = 1,
        ["AlertHub.Channels"] = 2,
        ["AlertHub.Aws"] = 2,
        ["AlertHub.Api"] = 3,
        ["AlertHub.Lambda"] = 4,
        ["AlertHub.Local"] = 4,
        ["SecurityGroupGuard"] = 4,
        ["FlowLogs"] = 4,
    };

    /// <summary>Those that AWS's packages, or their stand-ins, are for.</summary>
    private static readonly string[] UseAws =
    [
        "AlertHub.Channels",
        "AlertHub.Aws",
        "AlertHub.Lambda",
        "SecurityGroupGuard",
        "FlowLogs",
    ];

    private static readonly (string Path, string Name, XDocument Xml)[] All =
    [
        .. Folders
            .SelectMany(f => Directory.EnumerateFiles(Repository.File(f), "*.csproj", SearchOption.AllDirectories))
            .Select(f =>
                (
                    Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'),
                    Path.GetFileNameWithoutExtension(f),
                    XDocument.Load(f)
                )
            ),
    ];

    private static IEnumerable<(string Path, string Name, XDocument Xml)> Shipped =>
        All.Where(p => p.Path.StartsWith("functions/", StringComparison.Ordinal));

    [Fact]
    public void There_are_fourteen_at_most() => Assert.InRange(All.Length, 1, 14);

    [Fact]
    public void The_solution_holds_all_of_them()
    {
        var solution = File.ReadAllText(Repository.File("Serverless.sln")).Replace('\\', '/');

        Assert.All(All, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_sees_only_those_below_it()
    {
        foreach (var (path, name, xml) in Shipped)
        {
            Assert.True(Steps.ContainsKey(name), $"{path} has no place in the order of projects");
            foreach (var seen in References(xml))
            {
                Assert.True(Steps.ContainsKey(seen), $"{path} refers to {seen}, which does not ship");
                Assert.True(Steps[seen] < Steps[name], $"{path} refers to {seen}, which is not below it");
            }

            Assert.True(
                UseAws.Contains(name) || !xml.Descendants("AwsReference").Any(),
                $"{path} refers to AWS packages"
            );
        }
    }

    [Fact]
    public void The_rules_see_no_other_project() =>
        Assert.Empty(References(Shipped.Single(p => p.Name == "AlertHub").Xml));

    /// <summary>What is deployed is known to the stacks by name only.</summary>
    [Fact]
    public void The_stacks_see_no_program() => Assert.Empty(References(All.Single(p => p.Name == "Infra").Xml));

    [Fact]
    public void Everything_that_ships_can_be_compiled_ahead_of_time()
    {
        var common = XDocument.Load(Repository.File("functions", "Directory.Build.props"));
        Assert.Equal("true", Assert.Single(common.Descendants("IsAotCompatible")).Value);
        Assert.Equal("false", Assert.Single(common.Descendants("JsonSerializerIsReflectionEnabledByDefault")).Value);

        Assert.All(
            Shipped,
            project =>
            {
                Assert.Empty(project.Xml.Descendants("IsAotCompatible"));
                var unheard = string.Concat(project.Xml.Descendants("NoWarn").Select(static n => n.Value));
                // What a package of somebody else's is warned of when all is linked; nothing of ours is.
                Assert.DoesNotMatch("IL[23]", unheard.Replace("IL2104", ""));
            }
        );
        Assert.All(Shipped, p => Assert.Empty(p.Xml.Descendants("JsonSerializerIsReflectionEnabledByDefault")));
    }

    [Fact]
    public void Versions_stand_in_one_place() =>
        Assert.All(
            All,
            project =>
                Assert.DoesNotContain(
                    project.Xml.Descendants("PackageReference"),
                    p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null
                )
        );

    private static string[] References(XDocument project) =>
        [
            .. project
                .Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))),
        ];
}
