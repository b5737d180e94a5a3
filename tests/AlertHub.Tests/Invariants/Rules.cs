using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Invariants;

/// <summary>What the compiled rules may know of (invariants 3 and 7): read from the assembly itself.</summary>
public sealed partial class Rules
{
    /// <summary>Types of the platform that are a clock, chance, a disk, a network, a process; with exceptions.</summary>
    private static readonly string[] Forbidden =
    [
        "System.Console",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.IO.Directory",
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.IO.StreamWriter",
        "System.Net.Dns",
        "System.Net.Http.",
        "System.Net.Sockets.",
        "System.Threading.Thread",
        "System.Threading.Timer",
        "System.Security.Cryptography.RandomNumberGenerator",
        "System.Environment",
        "System.DateTime::get_Now",
        "System.DateTime::get_UtcNow",
        "System.DateTime::get_Today",
        "System.DateTimeOffset::get_Now",
        "System.DateTimeOffset::get_UtcNow",
        "System.TimeProvider",
        "System.Random::get_Shared",
        "System.Guid::NewGuid",
        "System.Guid::CreateVersion7",
        "System.Threading.Tasks.Task::Delay",
    ];

    /// <summary>What the compiler itself refers to.</summary>
    private static readonly string[] Compiler = ["System.Environment::get_CurrentManagedThreadId"];

    /// <summary>The verbs are told the time by a clock that they are given; no rule is.</summary>
    private static readonly string[] Hub =
    [
        "System.TimeProvider::GetUtcNow",
        "System.TimeProvider::GetTimestamp",
        "System.TimeProvider::GetElapsedTime",
        "System.Threading.Tasks.Task::Delay",
    ];

    [Fact]
    public void They_refer_to_the_platform_and_YamlDotNet_only() =>
        Assert.All(
            References(typeof(AlertHub.Hub).Assembly.Location),
            name => Assert.Matches("^(System(\\..+)?|netstandard|YamlDotNet)$", name)
        );

    [Fact]
    public void They_hold_no_clock_no_chance_no_disk_and_no_network() =>
        Assert.Equal(
            [],
            Members(typeof(AlertHub.Hub).Assembly.Location)
                .Where(member =>
                    !Compiler.Contains(member)
                    && !Hub.Contains(member)
                    && Forbidden.Any(f =>
                        member == f
                        || member.StartsWith(f + "::", StringComparison.Ordinal)
                        || (f.EndsWith('.') && member.StartsWith(f, StringComparison.Ordinal))
                    )
                )
        );

    [Fact]
    public void Only_the_hub_and_its_courier_hold_a_clock() =>
        Assert.Equal(
            ["Hub.cs", "Courier.cs"],
            Directory
                .EnumerateFiles(Repository.File("functions/AlertHub"), "*.cs", SearchOption.AllDirectories)
                .Where(file => Clock().IsMatch(File.ReadAllText(file)))
                .Select(Path.GetFileName)
        );

    [GeneratedRegex(@"\b(TimeProvider \w|Task\.Delay\()")]
    private static partial Regex Clock();

    /// <summary>Randomness is passed in: whoever makes a generator gives it a seed.</summary>
    [Fact]
    public void They_make_no_generator_of_random_numbers() =>
        Assert.DoesNotContain("System.Random::.ctor", Members(typeof(AlertHub.Hub).Assembly.Location));

    /// <summary>The scan sees what it looks for: this assembly does all of it.</summary>
    [Fact]
    public void The_scan_notices_a_clock()
    {
        Assert.True(DateTimeOffset.UtcNow > DateTimeOffset.MinValue && File.Exists(Environment.ProcessPath));

        var members = Members(typeof(Rules).Assembly.Location).ToArray();
        Assert.Contains("System.DateTimeOffset::get_UtcNow", members);
        Assert.Contains("System.IO.File::Exists", members);
        Assert.Contains("System.Environment::get_ProcessPath", members);
    }

    private static string[] References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))];
    }

    /// <summary>Every member of another assembly that this one refers to, as <c>Namespace.Type::Member</c>.</summary>
    private static string[] Members(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
            let member = metadata.GetMemberReference(handle)
            where member.Parent.Kind == HandleKind.TypeReference
            let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
            select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}::{metadata.GetString(member.Name)}",
        ];
    }
}
