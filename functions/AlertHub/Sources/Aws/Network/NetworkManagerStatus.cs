using System.Text.Json;

namespace AlertHub.Sources.Aws.Network;

/// <summary>Tunnels of a VPN, and peers of a transit gateway, in a global network: wrong from down to up.</summary>
internal static class NetworkManagerStatus
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("networkmanager-status", "aws.networkmanager", ["Network Manager Status Update"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        // Transit gateways once wrote their members with hyphens.
        var status = happened.Detail;
        var change = status.Text("changeType") ?? status.Text("status-change");
        if (change is null || Subject(status) is not { } subject)
        {
            return null;
        }

        var isDown = change.EndsWith("DOWN", StringComparison.Ordinal);
        var protocol = change.Contains("BGP", StringComparison.Ordinal) ? "BGP" : "IPsec";
        var what = change.StartsWith("CONNECT", StringComparison.Ordinal) ? "Connect peer" : "VPN tunnel";
        var outside = status.Text("outsideIpAddress") ?? status.Text("outside-ip-address");
        var name = AwsWords.Last(subject);
        return new()
        {
            Name = $"{what} {protocol} down",
            Identity = $"{subject} {outside} {protocol}",
            Phase = isDown ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = AwsSeverity.Warning,
            Summary =
                $"{protocol} of {name} is {(isDown ? "down" : "up")}{(outside is null ? "" : $" (tunnel to {outside})")}",
            Resource = name,
            Account = Arn.Parse(subject)?.Account,
            Region = status.Text("region"),
            ConsolePath = name.StartsWith("vpn-", StringComparison.Ordinal)
                ? $"vpcconsole/home#VpnConnectionDetails:VpnConnectionId={Uri.EscapeDataString(name)}"
                : "networkmanager/home#/networks",
            Runbook = "https://docs.aws.amazon.com/vpn/latest/s2svpn/Troubleshooting.html",
            Facts =
            [
                new("outside_address", outside ?? ""),
                new(
                    "transit_gateway",
                    AwsWords.Last(status.Text("transitGatewayArn") ?? status.Text("transit-gateway-arn") ?? "")
                ),
                new("core_network", AwsWords.Last(status.Text("coreNetworkArn") ?? "")),
            ],
        };
    }

    private static string? Subject(JsonElement status) =>
        status.Text("vpnConnectionArn")
        ?? status.Text("vpn-connection-arn")
        ?? status.Text("connectPeerArn")
        ?? status.Text("transitGatewayConnectPeerArn")
        ?? status.Text("attachmentArn")
        ?? status.Text("transitGatewayAttachmentArn")
        ?? status.Text("transit-gateway-attachment-arn");
}
