using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SecurityGroupGuard.Rules;

/// <summary>A block of IPv4 or IPv6 addresses, written as EC2 keeps it: <c>100.68.0.18/18</c> is <c>100.68.0.0/18</c>.</summary>
internal readonly record struct Network
{
    private readonly IPNetwork block;

    private Network(IPNetwork block) => this.block = block;

    public bool IsIpv6 => block.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>All addresses of its family.</summary>
    public bool IsEverything => block.PrefixLength == 0;

    /// <summary>CIDR notation, or an address alone for that one; null for what is neither.</summary>
    public static Network? Parse(string? text)
    {
        var slash = text?.IndexOf('/') ?? -1;
        var address = slash < 0 ? text : text![..slash];
        if (
            !IPAddress.TryParse(address, out var ip)
            // 010.0.0.0 is 8.0.0.0 to the platform, 10.1 is 10.0.0.1, and [::1]:80 and fe80::1%2 are more than addresses.
            || (ip.AddressFamily == AddressFamily.InterNetwork && ip.ToString() != address)
            || !address!.All(static c => char.IsAsciiHexDigit(c) || c is '.' or ':')
        )
        {
            return null;
        }

        var bytes = ip.GetAddressBytes();
        var length = bytes.Length * 8;
        if (
            slash >= 0
            && (
                !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length)
                || length > bytes.Length * 8
            )
        )
        {
            return null;
        }

        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new(new IPNetwork(new IPAddress(bytes), length));
    }

    /// <summary>Whether all addresses of the other one are in this one.</summary>
    public bool Covers(Network other) =>
        IsIpv6 == other.IsIpv6
        && block.PrefixLength <= other.block.PrefixLength
        && block.Contains(other.block.BaseAddress);

    public override string ToString() => block.ToString();
}
