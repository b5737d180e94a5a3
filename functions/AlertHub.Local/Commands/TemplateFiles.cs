using AlertHub.Configuration;
using AlertHub.Text;

namespace AlertHub.Local.Commands;

/// <summary>The files that the globs under <c>templates</c> stand for, as filepath.Glob finds them: relative to the configuration.</summary>
internal static class TemplateFiles
{
    public static TemplateGlob Find(string folder, string glob)
    {
        if (GoGlob.Objection(glob) is { } objection)
        {
            return new(glob, [], objection);
        }

        var files = new List<ConfigFile>();
        foreach (var path in Expand(Path.Combine(folder, glob)))
        {
            if (ConfigSource.Read(path, out objection) is not { } file)
            {
                return new(glob, files, $"\"{path}\": {objection}");
            }

            files.Add(file);
        }

        return files.Count > 0
            ? new(glob, files, null)
            : new(glob, [], $"no file is called \"{glob}\"") { IsMissing = true };
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        if (!GoGlob.HasMeaning(pattern))
        {
            return Path.Exists(pattern) ? [pattern] : [];
        }

        var (folder, name) = (Path.GetDirectoryName(pattern) ?? "/", Path.GetFileName(pattern));
        return from parent in folder.Length == 0 ? [""] : Expand(folder)
            where parent.Length == 0 || Directory.Exists(parent)
            from entry in Entries(parent)
            where GoGlob.IsMatch(name, entry)
            select Path.Combine(parent, entry);
    }

    /// <summary>In Go's order. What may not be read holds nothing, as there.</summary>
    private static string[] Entries(string folder)
    {
        try
        {
            string[] entries =
            [
                .. from path in Directory.EnumerateFileSystemEntries(folder.Length == 0 ? "." : folder)
                select Path.GetFileName(path),
            ];
            Array.Sort(entries, GoString.Compare);
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
