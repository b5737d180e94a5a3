using AlertHub.Templates.Values;

namespace AlertHub.Templates.Functions;

/// <summary>One call of a function or method. The arguments have the parameters' types: they were checked before.</summary>
internal readonly ref struct TemplateCall(
    object? receiver,
    ReadOnlySpan<object?> arguments,
    TemplateEnvironment environment,
    TemplateLimits limits,
    Func<int, bool> spend
)
{
    /// <summary>Of a method, the value that it was called on.</summary>
    public object? Receiver { get; } = receiver;

    /// <summary>Those of a variadic parameter follow the others one by one.</summary>
    public ReadOnlySpan<object?> Arguments { get; } = arguments;

    public TemplateEnvironment Environment { get; } = environment;

    /// <summary>No value may hold more than <see cref="TemplateLimits.Characters"/>.</summary>
    public TemplateLimits Limits { get; } = limits;

    /// <summary>
    /// Counts steps beyond those that arguments and result cost, such as what a regular expression reads again; false
    /// where none are left, and whatever is returned then is not looked at.
    /// </summary>
    public Func<int, bool> Spend { get; } = spend;

    public string Text(int index) => (string)Argument(index);

    public long Integer(int index) =>
        Argument(index) switch
        {
            IntegerValue typed => typed.Number,
            var plain => (long)plain,
        };

    public double Float(int index) => (double)Argument(index);

    public bool Bool(int index) => (bool)Argument(index);

    /// <summary>A nil slice counts as an empty one, as in Go.</summary>
    public IReadOnlyList<object?> List(int index) => ((ListValue?)Arguments[index])?.Items ?? [];

    private object Argument(int index) =>
        Arguments[index] ?? throw new InvalidOperationException($"argument {index} was not checked");
}
