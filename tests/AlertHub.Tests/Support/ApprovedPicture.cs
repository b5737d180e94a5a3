namespace AlertHub.Tests.Support;

/// <summary><see cref="Approved"/> of pictures: pixel by pixel, since how they are packed differs from one runtime to another.</summary>
internal static class ApprovedPicture
{
    public static void Matches(string path, byte[] png)
    {
        var approved = Repository.TestFile("Approved", path);
        var beside = Path.ChangeExtension(approved, ".received" + Path.GetExtension(approved));
        Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
        var difference = File.Exists(approved)
            ? DecodedPng.Of(File.ReadAllBytes(approved)).DifferenceFrom(DecodedPng.Of(png))
            : "it does not exist";
        var isApproving = Environment.GetEnvironmentVariable("APPROVE") == "1";
        File.Delete(beside);
        if (difference is null)
        {
            return;
        }

        File.WriteAllBytes(isApproving ? approved : beside, png);
        Assert.True(
            isApproving,
            $"Approved/{path}: {difference}. See {beside}; if it is right, run again with APPROVE=1."
        );
    }
}
