using System.Reflection;

namespace AlertHub.Templates;

/// <summary>
/// Our own templates, under the names that Alertmanager's have, so that configurations which use or redefine those work.
/// They stand in Templates/Defaults and travel inside the assembly.
/// </summary>
internal static class DefaultTemplates
{
    private static readonly string[] Names = ["common.tmpl", "chat.tmpl", "paging.tmpl", "email.tmpl"];

    public static IEnumerable<(string Name, string Text)> All => Names.Select(static name => (name, Read(name)));

    private static string Read(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly was built without {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
