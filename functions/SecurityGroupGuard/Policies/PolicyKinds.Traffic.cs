using System.Globalization;
using System.Text.Json.Nodes;
using AlertHub.Configuration.Shapes;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>What rules are made of.</summary>
internal static partial class PolicyKinds
{
    private const int LastPort = 65535;

    private const int LastType = 255;

    public static Kind<Direction?> Direction { get; } =
        Choice(("ingress", Rules.Direction.Ingress), ("egress", Rules.Direction.Egress));

    public static Kind<Protocol?> Protocol { get; } =
        new KindOf<Protocol?>(
            static place =>
            {
                if (TextAt(place) is not { } text)
                {
                    return null;
                }

                var protocol = Rules.Protocol.Parse(text);
                if (protocol is null)
                {
                    place.Error(
                        $"\"{text}\" is no protocol; write tcp, udp, icmp, icmpv6, the number of another one, or all"
                    );
                }

                return protocol;
            },
            static protocol => protocol is { } given ? Kinds.Quoted(given.Name) : Null,
            static protocol => protocol is null,
            static _ => Schemas.Text()
        );

    public static Kind<NumberRange?> Ports { get; } =
        Numbers(
            '-',
            LastPort,
            static (first, last) => new(first, last ?? first),
            static range => range.First <= range.Last,
            $"write a port from 0 to {LastPort}, or two with - between them, the lower one first"
        );

    public static Kind<NumberRange?> Types { get; } =
        Numbers(
            '/',
            LastType,
            static (type, code) => new(type, code ?? -1),
            static _ => true,
            $"write a type from 0 to {LastType}, or a type and a code with / between them"
        );

    /// <summary>A block whose address is its first: of any other one nobody can tell how wide it was meant to be.</summary>
    public static Kind<Network> Network { get; } =
        new KindOf<Network>(
            static place =>
            {
                var text = Kinds.ReadText(place);
                var network = Rules.Network.Parse(text);
                if (text is not null && network is null)
                {
                    place.Error($"\"{text}\" is no block of addresses; write one such as 10.0.0.0/8 or fd00::/8");
                }
                else if (
                    text is not null
                    && Rules.Network.Parse(text.Split('/')[0]) is { } first
                    && !$"{network}".StartsWith($"{first}".Split('/')[0] + '/', StringComparison.Ordinal)
                )
                {
                    place.Error(
                        $"\"{text}\" has an address behind its block's first; write {network}, or {first} for the address alone"
                    );
                }

                return network ?? default;
            },
            static network => Kinds.Quoted($"{network}"),
            static _ => false,
            static _ => Schemas.Text()
        );

    private static KindOf<NumberRange?> Numbers(
        char separator,
        int most,
        Func<int, int?, NumberRange> make,
        Func<NumberRange, bool> isRight,
        string advice
    ) =>
        new(
            place =>
            {
                if (TextAt(place) is not { } text)
                {
                    return null;
                }

                int?[] numbers =
                [
                    .. text.Split(separator, StringSplitOptions.TrimEntries).Select(part => Number(part, most)),
                ];
                NumberRange? range = numbers switch
                {
                    [{ } one] => make(one, null),
                    [{ } one, { } other] => make(one, other),
                    _ => null,
                };
                if (range is not { } given || !isRight(given))
                {
                    place.Error($"\"{text}\" does not fit; {advice}");
                    return null;
                }

                return range;
            },
            range =>
                range is not { } given ? Null
                : make(given.First, null) == given ? Kinds.Quoted(Shown(given.First))
                : Kinds.Quoted($"{Shown(given.First)}{separator}{Shown(given.Last)}"),
            static range => range is null,
            static _ => new() { ["type"] = new JsonArray("string", "number", "null") }
        );

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : null;

    private static string Shown(int number) => number.ToString(CultureInfo.InvariantCulture);
}
