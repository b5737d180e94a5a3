using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>What an integration takes from the global section.</summary>
internal static class Inheritance
{
    public static string Or(string own, string inherited) => own.Length > 0 ? own : inherited;

    /// <summary>A secret and the file it may stand in are one: whoever gives either inherits neither.</summary>
    public static (SecretReference? Secret, string File) Or(
        (SecretReference? Secret, string File) own,
        (SecretReference? Secret, string File) inherited
    ) => own.Secret is not null || own.File.Length > 0 ? own : inherited;

    /// <summary>The address with a path that ends in a slash, since more is appended to it.</summary>
    public static string? WithSlash(string? url)
    {
        if (url is null)
        {
            return null;
        }

        var end = url.IndexOfAny(['?', '#']) is var i and >= 0 ? i : url.Length;
        return url[..end].EndsWith('/') ? url : url.Insert(end, "/");
    }

    public static void RequireOwnOrGlobal(this Place place, bool holds, string key, string globalKey)
    {
        // A global section or key that could not be read is there all the same, and its error has been reported.
        if (!holds && !place.Reading.IsWrong("global") && !place.Reading.IsWrong($"global.{globalKey}"))
        {
            place[key].Error($"give \"{key}\" here, or {globalKey} in the global section");
        }
    }
}
