using AlertHub.Alerts;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Alerts;

public sealed class AlertMaps
{
    /// <summary>What the map multiplies fingerprints with, so that it can be made to work with keys that differ late.</summary>
    private const ulong InverseOfFactor = 0xF1DE83E19937733D;

    private static readonly TrackedAlert[] Alerts =
    [
        .. Some.AlertsNumbering(600).Select(alert => new TrackedAlert { Alert = alert, UpdatedAt = Some.Now }),
    ];

    /// <summary>Keys that share so many of their first bits; few of one kind and many of another.</summary>
    private static readonly ulong[] Keys =
    [
        .. Enumerable.Range(0, 16).Select(static i => InverseOfFactor * (0xABCD_EF01_2345_6780 | (uint)i)),
        .. Enumerable
            .Range(0, 100)
            .Select(static i => InverseOfFactor * (0xABCD_0000_0000_0000 | ((ulong)(uint)i << 9))),
        .. Alerts.Select(static alert => alert.Fingerprint),
    ];

    /// <summary>Which key is put or, where negative, removed; and whether a map is made after it.</summary>
    private static FsCheck.Gen<IReadOnlyList<(int Key, bool IsPut, bool IsMade)>> Changes { get; } =
        from length in Gen.Choose(0, 900)
        from puts in Gen.Choose(3, 9)
        from made in Gen.Choose(1, 200)
        from keys in Gen.Choose(0, Keys.Length - 1).ArrayOf(length)
        from dice in Gen.Choose(0, 1799).ArrayOf(length)
        select (IReadOnlyList<(int, bool, bool)>)
            [.. keys.Zip(dice, (key, die) => (key, die % 10 < puts, die % made == 0))];

    [Fact]
    public void A_map_holds_what_a_dictionary_would_and_stays_as_it_was_made() =>
        Properties.ForAll(
            Changes,
            static changes =>
            {
                var builder = AlertMap.Empty.ToBuilder();
                var model = new Dictionary<ulong, TrackedAlert>();
                var made = new List<(AlertMap Map, Dictionary<ulong, TrackedAlert> Model)>();
                foreach (var (at, isPut, isMade) in changes)
                {
                    var alert = Alerts[at % Alerts.Length];
                    if (isPut)
                    {
                        builder.Put(Keys[at], alert);
                        model[Keys[at]] = alert;
                    }
                    else
                    {
                        builder.Remove(Keys[at]);
                        model.Remove(Keys[at]);
                    }

                    Assert.Equal(model.GetValueOrDefault(Keys[at]), builder.Find(Keys[at]));
                    if (isMade)
                    {
                        made.Add((builder.ToMap(), new(model)));
                    }
                }

                made.Add((builder.ToMap(), model));
                Assert.All(made, static each => IsAs(each.Model, each.Map));
            },
            tests: 100
        );

    [Fact]
    public void A_map_without_all_that_it_holds_is_the_empty_one()
    {
        var map = AlertMap.Of(Alerts);

        Assert.Equal(Alerts.Length, map.Count);
        Assert.Same(AlertMap.Empty, map.Without(map.Keys));
        Assert.Equal(Alerts.Length, map.Count);
    }

    [Fact]
    public void A_change_that_changes_nothing_is_the_same_map()
    {
        var map = AlertMap.Of(Alerts);

        Assert.Same(map, map.With(Alerts[7]));
        Assert.Same(map, map.Without([1, 2, 3]));
    }

    [Fact]
    public void The_order_is_that_of_the_fingerprints_whatever_came_first()
    {
        var map = AlertMap.Of(Alerts);

        Assert.Equal(map.Values, AlertMap.Of(Alerts.Reverse()).Values);
        Assert.Equal(map.Keys, AlertMap.Of(Alerts.Reverse()).Keys);
    }

    [Fact]
    public void What_differs_is_what_only_one_has_or_not_the_same()
    {
        var before = AlertMap.Of(Alerts[..500]);
        var after = AlertMap.Of([.. Alerts[100..499], Alerts[499] with { IsTimeout = true }, .. Alerts[500..]]);

        Assert.Equal(
            Alerts[..100].Concat(Alerts[499..]).Select(alert => alert.Fingerprint).Order(),
            after.DifferencesFrom(before).Order()
        );
        Assert.Empty(after.DifferencesFrom(after));
    }

    private static void IsAs(Dictionary<ulong, TrackedAlert> model, AlertMap map)
    {
        Assert.Equal(model.Count, map.Count);
        Assert.Equal(model.Count, map.Values.Count());
        Assert.All(Keys, key => Assert.Same(model.GetValueOrDefault(key), map.Find(key)));
        Assert.All(Keys, key => Assert.Equal(model.ContainsKey(key), map.ContainsKey(key)));
    }
}
