using System.Text.Json.Nodes;
using AlertHub.Configuration;
using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration;

/// <summary>Keys that name a file, all that the schema has, on a host that has no files: it takes secrets from elsewhere only.</summary>
public sealed class FilesOfAnotherMachine
{
    private const string Objection = "write ssm:/a";

    public static TheoryData<string> Paths { get; } = [.. Find()];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_host_that_has_no_files_is_asked_and_refuses_them(string path)
    {
        var (asked, problems) = Read(path, "etc/it", Objection);

        Assert.Equal([new SecretReference.FromFile("etc/it")], asked);
        Assert.True(Assert.Single(problems).IsError);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_key_that_is_named_instead_takes_what_is_to_be_written(string path)
    {
        var message = Read(path, "etc/it", Objection).Problems[0].Message;
        var (asked, _) = Read(OtherPath(path), "ssm:/a", Objection);

        Assert.Contains($"under \"{Key(OtherPath(path))}\"", message, StringComparison.Ordinal);
        Assert.Equal(
            message.StartsWith(Objection, StringComparison.Ordinal) ? [new SecretReference.Parameter("/a")] : [],
            asked
        );
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void They_are_taken_where_the_host_has_nothing_against_them(string path) =>
        Assert.Empty(Read(path, "etc/it", objection: null).Problems);

    [Theory]
    [MemberData(nameof(Paths))]
    public void Where_none_is_named_nobody_is_asked(string path) => Assert.Empty(Read(path, "", Objection).Asked);

    [Fact]
    public void What_is_said_of_each_has_been_read() =>
        Approved.Matches(
            "configs/files-of-another-machine.txt",
            string.Join(
                '\n',
                Find().Select(static path => $"{path}: {Read(path, "etc/it", Objection).Problems[0].Message}")
            )
        );

    /// <summary>A file with that value at a path: who was asked about what, and what was said of that place.</summary>
    private static (IReadOnlyList<SecretReference> Asked, IReadOnlyList<AlertHub.Configuration.Problem> Problems) Read(
        string path,
        string value,
        string? objection
    )
    {
        var asked = new List<SecretReference>();
        var reading = new Reading("alertmanager.yml")
        {
            SecretReview = secret =>
            {
                asked.Add(secret);
                return objection;
            },
        };
        AlertmanagerConfig.Shape.Read(reading.Root(YamlReader.Read(Document(path, value), out _, out _)!));
        return (asked, [.. reading.Problems.Where(problem => problem.Path == path)]);
    }

    /// <summary>JSON is YAML.</summary>
    private static string Document(string path, string value)
    {
        JsonNode node = value;
        foreach (var step in path.Replace("[0]", ".0", StringComparison.Ordinal).Split('.').Reverse())
        {
            node = step == "0" ? new JsonArray(node) : new JsonObject { [step] = node };
        }

        return node.ToJsonString();
    }

    private static string OtherPath(string path) =>
        path.EndsWith(".files[0]", StringComparison.Ordinal)
            ? path.Replace(".files[", ".secrets[", StringComparison.Ordinal)
            : path[..^"_file".Length];

    private static string Key(string path) => path.Split('.')[^1].Replace("[0]", "", StringComparison.Ordinal);

    /// <summary>Of what stands in several places, the first.</summary>
    private static List<string> Find()
    {
        var schema = SchemaDefinitions.Document(AlertmanagerConfig.Shape, "", "");
        var (found, seen) = (new List<string>(), new HashSet<string>());
        Walk(schema["allOf"]![0]!.AsObject(), "");
        return found;

        void Walk(JsonObject value, string path)
        {
            if (value["$ref"]?.GetValue<string>().Split('/')[^1] is { } name)
            {
                if (seen.Add(name))
                {
                    Walk(schema["$defs"]![name]!.AsObject(), path);
                }
            }
            else if (value["items"] is JsonObject item)
            {
                Walk(item, $"{path}[0]");
            }
            else if (value["additionalProperties"] is JsonObject named)
            {
                Walk(named, $"{path}.X-Any");
            }
            else if (
                path.EndsWith("_file", StringComparison.Ordinal) || path.EndsWith(".files[0]", StringComparison.Ordinal)
            )
            {
                found.Add(path);
            }
            else
            {
                foreach (var (key, below) in value["properties"] as JsonObject ?? [])
                {
                    Walk(below!.AsObject(), path.Length == 0 ? key : $"{path}.{key}");
                }
            }
        }
    }
}
