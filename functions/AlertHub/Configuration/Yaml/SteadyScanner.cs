using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace AlertHub.Configuration.Yaml;

/// <summary>
/// YamlDotNet's scanner, but that looking ahead twice does not skip a token: its parser looks ahead twice behind an
/// anchored scalar in a flow mapping, and so refuses <c>{a: &amp;x b, c: d}</c> (16.3.0).
/// </summary>
internal sealed class SteadyScanner(Scanner inner) : IScanner
{
    public YamlDotNet.Core.Mark CurrentPosition => inner.CurrentPosition;

    public Token? Current => inner.Current;

    public bool MoveNext() => inner.MoveNext();

    public bool MoveNextWithoutConsuming() =>
        inner.Current is not (null or StreamEnd) || inner.MoveNextWithoutConsuming();

    public void ConsumeCurrent() => inner.ConsumeCurrent();
}
