namespace AlertHub.Local.Web;

/// <summary>By which one sees that a file is another than it was, behind whatever links lead to it.</summary>
internal sealed record FileMark(string Path, string Target, DateTime Written, long Length)
{
    public bool IsCurrent => Of(Path) == this;

    public static FileMark Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists
                ? new(path, target.FullName, target.LastWriteTimeUtc, target.Length)
                : new(path, "", default, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(path, "", default, 0);
        }
    }
}
