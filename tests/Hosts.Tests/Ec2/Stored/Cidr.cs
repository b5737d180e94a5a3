using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hosts.Tests.Ec2.Stored;

/// <summary>What EC2 makes of the address ranges that it is given: 100.68.0.18/18 is 100.68.0.0/18.</summary>
internal static class Cidr
{
    public static string Ipv4(string text) => Canonical(text, AddressFamily.InterNetwork);

    public static string Ipv6(string text) => Canonical(text, AddressFamily.InterNetworkV6);

    private static string Canonical(string text, AddressFamily family)
    {
        if (
            text.Split('/') is not [var address, var length]
            || !IPAddress.TryParse(address, out var parsed)
            || parsed.AddressFamily != family
            || (family == AddressFamily.InterNetwork && address.Count(static letter => letter == '.') != 3)
            || address.Contains('%', StringComparison.Ordinal)
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > parsed.GetAddressBytes().Length * 8
        )
        {
            throw Ec2Refusal.Value($"CIDR block {text} is malformed");
        }

        var bytes = parsed.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{bits}");
    }
}
