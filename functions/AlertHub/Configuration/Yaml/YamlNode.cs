namespace AlertHub.Configuration.Yaml;

/// <summary>
/// A document as written: order and duplicates of keys stand, nothing is decided about what a scalar means. An alias is
/// the node that it names, so the same node may stand in several places.
/// </summary>
internal abstract record YamlNode
{
    private YamlNode() { }

    public Mark Mark { get; init; } = Mark.Start;

    /// <summary>How many nodes this is with all its aliases written out.</summary>
    public virtual long Size => 1;

    /// <summary>How many levels this is deep with all its aliases written out.</summary>
    public virtual int Height => 1;

    public sealed record Scalar(string Text) : YamlNode
    {
        /// <summary>Without quotes and not a block: its text decides what it is.</summary>
        public bool IsPlain { get; init; } = true;

        /// <summary>As YAML writes it (<c>!!str</c>), or null where none is given.</summary>
        public string? Tag { get; init; }

        /// <summary>Empty, with a comment right behind that may be meant as text: <c>channel: #db</c>.</summary>
        public bool HidesText { get; init; }

        public bool IsNull => YamlValue.Of(this) is YamlValue.Null;

        public bool IsMerge => Tag == "!!merge" || (Text == "<<" && IsPlain && Tag is null);
    }

    public sealed record Sequence(IReadOnlyList<YamlNode> Items) : YamlNode
    {
        public override long Size { get; } = 1 + Items.Sum(static i => i.Size);

        public override int Height { get; } = 1 + Items.Select(static i => i.Height).DefaultIfEmpty().Max();
    }

    public sealed record Mapping(IReadOnlyList<YamlEntry> Entries) : YamlNode
    {
        public override long Size { get; } = 1 + Entries.Sum(static e => e.Key.Size + e.Value.Size);

        public override int Height { get; } =
            1 + Entries.Select(static e => Math.Max(e.Key.Height, e.Value.Height)).DefaultIfEmpty().Max();

        /// <summary>What stands under a name, merged mappings included; the last where it stands there twice.</summary>
        public YamlNode? this[string key] => Merged().LastOrDefault(e => e.Name == key)?.Value;

        /// <summary>The entries with <c>&lt;&lt;</c> replaced by what it merges in; later ones prevail, as in yaml.v2.</summary>
        public IEnumerable<YamlEntry> Merged() => Entries.SelectMany(static e => e.IsMerge ? Merged(e.Value) : [e]);

        private static IEnumerable<YamlEntry> Merged(YamlNode value) =>
            value switch
            {
                Mapping mapping => mapping.Merged(),
                Sequence sequence => sequence.Items.Reverse().OfType<Mapping>().SelectMany(static m => m.Merged()),
                _ => [],
            };
    }

    /// <summary>What YAML calls this kind of node.</summary>
    public string Kind =>
        this switch
        {
            Mapping => "a mapping",
            Sequence => "a list",
            Scalar scalar => YamlValue.Of(scalar).Kind,
            _ => "a node",
        };

    /// <summary>The same content, wherever it stands.</summary>
    public bool IsSameAs(YamlNode other) =>
        (this, other) switch
        {
            (Scalar a, Scalar b) => a.Text == b.Text && a.IsPlain == b.IsPlain && a.Tag == b.Tag,
            (Sequence a, Sequence b) => a.Items.Count == b.Items.Count
                && a.Items.Zip(b.Items).All(static p => p.First.IsSameAs(p.Second)),
            (Mapping a, Mapping b) => a.Entries.Count == b.Entries.Count
                && a.Entries.Zip(b.Entries)
                    .All(static p => p.First.Key.IsSameAs(p.Second.Key) && p.First.Value.IsSameAs(p.Second.Value)),
            _ => false,
        };
}

/// <summary>One key and its value.</summary>
internal sealed record YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>The key's text; null where the key is no scalar.</summary>
    public string? Name => (Key as YamlNode.Scalar)?.Text;

    public bool IsMerge => Key is YamlNode.Scalar { IsMerge: true };
}
