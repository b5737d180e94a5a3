using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertHub.Tests.Support;

/// <summary>
/// What leaves the system is compared with a file under Approved/ that somebody has read. Where they differ the test
/// fails and leaves <c>*.received.*</c> beside it; <c>APPROVE=1 dotnet test</c> accepts what came.
/// </summary>
internal static class Approved
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Matches(string path, string received)
    {
        var approved = Repository.TestFile("Approved", path);
        var beside = Path.ChangeExtension(approved, ".received" + Path.GetExtension(approved));
        received = received.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            Write(approved, received);
            File.Delete(beside);
            return;
        }

        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : null;
        if (expected == received)
        {
            File.Delete(beside);
            return;
        }

        Write(beside, received);
        Assert.Fail(
            expected is null
                ? $"Approved/{path} does not exist. Read {beside}; if it is right, run again with APPROVE=1."
                : $"Approved/{path} differs{FirstDifference(expected, received)}\nThe whole is in {beside}; if it is right, run again with APPROVE=1."
        );
    }

    /// <summary>The same of JSON, indented so that it can be read.</summary>
    public static void MatchesJson(string path, ReadOnlyMemory<byte> received)
    {
        using var document = JsonDocument.Parse(received);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Indented))
        {
            document.WriteTo(writer);
        }

        Matches(path, Encoding.UTF8.GetString(text.ToArray()));
    }

    /// <summary>Files under Approved/ that no case writes any more.</summary>
    public static IEnumerable<string> Under(string folder) =>
        from file in Directory.EnumerateFiles(Repository.TestFile("Approved", folder), "*", SearchOption.AllDirectories)
        where !file.Contains(".received.", StringComparison.Ordinal)
        select Path.GetRelativePath(Repository.TestFile("Approved"), file).Replace('\\', '/');

    private static string FirstDifference(string expected, string received)
    {
        var (old, now) = (expected.Split('\n'), received.Split('\n'));
        var line = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $" in line {line + 1}:\n  approved: {old.ElementAtOrDefault(line)}\n  received: {now.ElementAtOrDefault(line)}";
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
