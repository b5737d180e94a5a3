using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Support;

/// <summary>
/// Properties, checked with values made at random. A failure prints the smallest value found and
/// <c>StdGen (seed, size)</c>; <c>SEED="seed,gamma" dotnet test</c> repeats that run.
/// </summary>
internal static class Properties
{
    public static void ForAll<T>(Gen<T> values, Action<T> holds, int tests = 200) =>
        ForAll(Arb.From(values), holds, tests);

    public static void ForAll<T>(Arbitrary<T> values, Action<T> holds, int tests = 200)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(tests);
        var seed = Environment.GetEnvironmentVariable("SEED")?.Split(',');
        Check.One(
            seed is [var first, var gamma]
                ? config.WithReplay(ulong.Parse(first, null), ulong.Parse(gamma, null))
                : config,
            Prop.ForAll(values, holds)
        );
    }

    /// <summary>Texts as they come: names, empty ones, with quotes, controls, surrogates paired and alone.</summary>
    public static Gen<string> Text { get; } =
        Gen.Frequency(
            (4, Gen.Elements("alertname", "job", "instance", "severity", "a", "b", "node-1:9100")),
            (1, Gen.Constant("")),
            (
                3,
                Gen.Elements("a", "z", "\uffff", "\uE000", "\U0001F525", "\U00010000", "\"", "\\", "\n", "é", "<", "`")
                    .ListOf()
                    .Select(parts => string.Concat(parts.Take(12)))
            ),
            (1, Gen.Elements("\ud83d", "\udd25", "a\ud83d", "\0", "\u202e"))
        );

    public static Gen<IReadOnlyList<(string Name, string Value)>> Pairs { get; } =
        Gen.Zip(Text, Text)
            .ListOf()
            .Select(pairs => (IReadOnlyList<(string, string)>)[.. pairs.Take(8).Select(p => (p.Item1, p.Item2))]);

    public static Gen<Mutation> Mutations { get; } =
        from sample in Gen.Elements(Samples.Names.AsEnumerable())
        from seed in Gen.Choose(0, int.MaxValue)
        select new Mutation(sample, seed);
}
