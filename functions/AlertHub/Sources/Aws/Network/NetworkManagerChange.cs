namespace AlertHub.Sources.Aws.Network;

/// <summary>What changed in a global network: its parts, routes, segments and policies. Nothing is wrong with that by itself.</summary>
internal static class NetworkManagerChange
{
    private static readonly string[] Subjects =
    [
        "transitGatewayAttachmentArn",
        "transit-gateway-attachment-arn",
        "attachmentArn",
        "vpnConnectionArn",
        "vpn-connection-arn",
        "connectPeerArn",
        "edgeLocation",
        "segmentName",
        "networkFunctionGroupName",
        "transitGatewayRouteTableArn",
        "transit-gateway-route-table-arn",
        "transitGatewayArn",
        "transit-gateway-arn",
        "coreNetworkArn",
    ];

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "networkmanager-change",
            "aws.networkmanager",
            [
                "Network Manager Topology Change",
                "Network Manager Routing Update",
                "Network Manager Segment Update",
                "Network Manager Network Function Group Update",
                "Network Manager Policy Update",
                "Network Manager Service Advisory",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var change = happened.Detail;
        var type =
            change.Text("changeType")
            ?? change.Text("topology-change")
            ?? change.Text("routing-change")
            ?? change.Text("change-type");
        var description = change.Text("changeDescription") ?? change.Text("change-description");
        if ((description ?? type) is not { } summary)
        {
            return null;
        }

        var subject = Subjects.Select(each => change.Text(each)).FirstOrDefault(static each => each is not null);
        var name = subject is null ? null : AwsWords.Last(subject);
        return new()
        {
            Name = happened.DetailType,
            Phase = AwsPhase.Happened,
            Severity = happened.DetailType.EndsWith("Advisory", StringComparison.Ordinal)
                ? AwsSeverity.Warning
                : AwsSeverity.Info,
            State = type,
            Summary = $"{summary.TrimEnd('.')}{(name is null ? "" : $": {name}")}",
            Resource = name,
            Region = change.Text("region"),
            ConsolePath = "networkmanager/home#/networks",
            Facts =
            [
                new("network", happened.Resource is { } network ? AwsWords.Last(network) : ""),
                new(
                    "routes",
                    AwsWords.Several([
                        .. change
                            .Items("routes")
                            .Select(static route => route.Text("destinationCidrBlock"))
                            .OfType<string>(),
                    ])
                ),
            ],
        };
    }
}
