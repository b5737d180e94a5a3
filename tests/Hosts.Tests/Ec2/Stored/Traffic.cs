using System.Globalization;

namespace Hosts.Tests.Ec2.Stored;

/// <summary>What EC2 makes of a protocol and its ports.</summary>
/// <remarks>See <c>IpPermission</c> in EC2's API reference: of protocols other than these four, ports are ignored.</remarks>
internal sealed record Traffic(string Protocol, int FromPort, int ToPort)
{
    /// <summary>Refuses what EC2 does.</summary>
    public static Traffic Of(string protocol, int? from, int? to) =>
        Name(protocol) switch
        {
            "tcp" or "udp" => Ports(Name(protocol), from, to),
            "icmp" when from is null || to is null => throw Ec2Refusal.Value(
                "Invalid value 'Must specify both from and to ports with ICMP.' for portRange."
            ),
            "icmp" or "icmpv6" => Messages(Name(protocol), from ?? -1, to ?? -1),
            var other => new(other, -1, -1),
        };

    private static string Name(string protocol) =>
        protocol.ToLowerInvariant() switch
        {
            "6" => "tcp",
            "17" => "udp",
            "1" => "icmp",
            "58" => "icmpv6",
            "-1" or "all" => "-1",
            "tcp" or "udp" or "icmp" or "icmpv6" => protocol.ToLowerInvariant(),
            _ when byte.TryParse(protocol, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                number.ToString(CultureInfo.InvariantCulture),
            _ => throw Ec2Refusal.Value($"Invalid value '{protocol}' for IP protocol. Unknown protocol."),
        };

    private static Traffic Ports(string protocol, int? from, int? to)
    {
        if (from is not { } first || to is not { } last)
        {
            throw Ec2Refusal.Value("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
        }

        if (new[] { first, last }.FirstOrDefault(static port => port is < 0 or > 65535) is not 0 and var wrong)
        {
            throw Ec2Refusal.Value(string.Create(CultureInfo.InvariantCulture, $"TCP/UDP port ({wrong}) out of range"));
        }

        return first <= last
            ? new(protocol, first, last)
            : throw Ec2Refusal.Value(
                string.Create(CultureInfo.InvariantCulture, $"Invalid TCP/UDP port range ({first}:{last})")
            );
    }

    private static Traffic Messages(string protocol, int type, int code) =>
        type is >= -1 and <= 255 && code is >= -1 and <= 255 && (type != -1 || code == -1)
            ? new(protocol, type, code)
            : throw Ec2Refusal.Value(
                string.Create(CultureInfo.InvariantCulture, $"ICMP code ({code}) is not valid for ICMP type ({type})")
            );
}
