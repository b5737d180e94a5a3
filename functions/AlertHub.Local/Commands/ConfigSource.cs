using AlertHub.Configuration;

namespace AlertHub.Local.Commands;

/// <summary>Configurations from this machine's disk, or from standard input under the name <c>-</c>.</summary>
internal static class ConfigSource
{
    public const string StandardInput = "-";

    /// <summary>How the file is called where people are told of it.</summary>
    public static string Name(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>The file, or null and why it cannot be read.</summary>
    public static ConfigFile? Read(string path, out string? objection)
    {
        objection = path.Length == 0 || path.Contains('\0') ? "this cannot be the name of a file" : null;
        if (objection is not null)
        {
            return null;
        }

        try
        {
            if (path != StandardInput)
            {
                return new(path, File.ReadAllBytes(path));
            }

            using var bytes = new MemoryStream();
            using var input = Console.OpenStandardInput();
            input.CopyTo(bytes);
            return new(Name(path), bytes.ToArray());
        }
        catch (FileNotFoundException)
        {
            objection = "there is no such file";
        }
        catch (DirectoryNotFoundException)
        {
            objection = "there is no such folder";
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            objection = "this is a folder; name the file in it";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            objection = e.Message;
        }

        return null;
    }
}
