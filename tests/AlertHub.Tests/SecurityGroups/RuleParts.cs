using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups;

/// <summary>What rules are made of, where a slip would let something through.</summary>
public sealed class RuleParts
{
    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3", "10.1.2.3/32")]
    [InlineData("FD00:0::1/8", "fd00::/8")]
    [InlineData("::/0", "::/0")]
    [InlineData("010.0.0.0/8", null)]
    [InlineData("0x0a.0.0.0/8", null)]
    [InlineData("10.1/16", null)]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0.0.0/-1", null)]
    [InlineData("10.0.0.0/", null)]
    [InlineData("[fd00::1]", null)]
    [InlineData("[fd00::1]:80/8", null)]
    [InlineData("fe80::1%0/64", null)]
    [InlineData("fe80::1%2/64", null)]
    [InlineData("/8", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_block_is_written_in_one_way(string? text, string? network) =>
        Assert.Equal(network, Network.Parse(text)?.ToString());

    [Fact]
    public void No_protocol_is_all_of_them() => Assert.Equal(Protocol.Parse("-1"), default(Protocol));

    [Theory]
    [InlineData(null, null, "0-65535")]
    [InlineData(-1, -1, "0-65535")]
    [InlineData(0, -1, "0-65535")]
    [InlineData(22, null, "22-65535")]
    [InlineData(null, 22, "0-22")]
    public void A_range_of_ports_that_is_left_open_goes_to_the_end(int? from, int? to, string ports)
    {
        var traffic = Traffic.Create(Direction.Ingress, Protocol.Tcp, from, to, new Peer.Group("sg-1"));

        Assert.Equal($"ingress tcp {ports} from sg-1", $"{traffic}");
        Assert.Equal(
            ports == "0-65535",
            traffic.Covers(Traffic.Create(Direction.Ingress, Protocol.Tcp, 0, 65535, new Peer.Group("sg-1")))
        );
    }
}
