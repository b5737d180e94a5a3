using System.Text;
using System.Text.Json;
using AlertHub.Tests.Support;
using FlowLogs.Encoding;
using FlowLogs.Records;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs;

/// <summary>What an event tells of its record beyond what the line says.</summary>
public sealed class EncodingEnrichment
{
    /// <summary>Names that the encoder gives to something itself, and such as would meet them once they have its prefix.</summary>
    private static readonly string[] Ours =
    [
        "src",
        "src-ip",
        "dest",
        "dest-port",
        "transport",
        "protocol-code",
        "protocol-version",
        "direction",
        "dvc",
        "duration",
        "tcp-flag",
        "vendor-account",
        "vendor-region",
        "vendor-product",
        "vpcflow-action",
        "vpcflow-src",
        "vpcflow-src-ip",
        "vpcflow-vpcflow-action",
        "vpcflow-app",
        "app",
        "cwl-id",
        "sample-rate",
        "parse-error",
    ];

    [Theory]
    [InlineData("40000 443 6", "https")]
    [InlineData("443 40000 6", "https")]
    [InlineData("22 443 6", "https")]
    [InlineData("443 22 6", "ssh")]
    [InlineData("40000 443 17", "quic")]
    [InlineData("53 40000 17", "dns")]
    [InlineData("40000 53 6", "dns")]
    [InlineData("40000 5432 6", "postgresql")]
    [InlineData("40000 5432 17", null)]
    [InlineData("40000 40001 6", null)]
    [InlineData("40000 443 1", null)]
    [InlineData("0 0 1", null)]
    [InlineData("40000 443 -", null)]
    [InlineData("40000 - 6", null)]
    [InlineData("443 - 6", "https")]
    [InlineData("- - -", null)]
    [InlineData("- 443 6", "https")]
    public void The_service_is_that_of_the_destinations_port_or_else_of_the_sources(string line, string? app) =>
        Assert.Equal(app, Text(Fields("srcport dstport protocol", line), "app"));

    [Theory]
    [InlineData("srcport protocol", "443 6")]
    [InlineData("srcport dstport", "443 443")]
    public void Without_protocol_and_port_nothing_is_said_of_the_service(string format, string line) =>
        Assert.Null(Text(Fields(format, line), "app"));

    [Theory]
    [InlineData("10.0.0.1 52.1.2.3", "outbound")]
    [InlineData("52.1.2.3 10.0.0.1", "inbound")]
    [InlineData("10.0.0.1 192.168.0.1", null)]
    [InlineData("52.1.2.3 8.8.8.8", null)]
    [InlineData("172.15.255.255 10.0.0.1", "inbound")]
    [InlineData("172.16.0.0 8.8.8.8", "outbound")]
    [InlineData("172.31.255.255 8.8.8.8", "outbound")]
    [InlineData("172.32.0.0 10.0.0.1", "inbound")]
    [InlineData("100.63.255.255 10.0.0.1", "inbound")]
    [InlineData("100.64.0.0 8.8.8.8", "outbound")]
    [InlineData("100.127.255.255 8.8.8.8", "outbound")]
    [InlineData("100.128.0.0 10.0.0.1", "inbound")]
    [InlineData("192.167.0.1 10.0.0.1", "inbound")]
    [InlineData("192.168.0.1 8.8.8.8", "outbound")]
    [InlineData("169.254.169.254 8.8.8.8", "outbound")]
    [InlineData("101.0.0.1 10.0.0.1", "inbound")]
    [InlineData("fd00::1 2606:4700::1", "outbound")]
    [InlineData("fc12:3456::1 2606:4700::1", "outbound")]
    [InlineData("fe80::1 2606:4700::1", "outbound")]
    [InlineData("2606:4700::1 fd00::1", "inbound")]
    [InlineData("2606:4700::1 2a05:d018::1", null)]
    [InlineData("- 8.8.8.8", null)]
    [InlineData("10.0.0.1 -", null)]
    [InlineData("- -", null)]
    public void The_direction_is_told_between_an_address_inside_and_one_outside(string line, string? direction) =>
        Assert.Equal(direction, Text(Fields("srcaddr dstaddr", line), "direction"));

    [Theory]
    [InlineData("10.0.0.1 8.8.8.8 ingress", "inbound")]
    [InlineData("8.8.8.8 10.0.0.1 egress", "outbound")]
    [InlineData("10.0.0.1 8.8.8.8 -", "outbound")]
    [InlineData("8.8.8.8 10.0.0.1 -", "inbound")]
    [InlineData("8.8.8.8 8.8.4.4 -", null)]
    public void What_the_record_says_of_its_direction_counts(string line, string? direction) =>
        Assert.Equal(direction, Text(Fields("srcaddr dstaddr flow-direction", line), "direction"));

    [Theory]
    [InlineData("srcaddr", "10.0.0.1")]
    [InlineData("dstaddr", "8.8.8.8")]
    public void One_address_alone_is_no_direction(string format, string line) =>
        Assert.Null(Text(Fields(format, line), "direction"));

    [Fact]
    public void It_can_be_switched_off()
    {
        var fields = Fields("srcaddr dstaddr dstport protocol", "10.0.0.1 8.8.8.8 443 6", EventFields.Record);

        Assert.Null(Text(fields, "app"));
        Assert.Null(Text(fields, "direction"));
    }

    [Fact]
    public void No_name_stands_twice_whatever_the_format() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                string[] all = [.. FlowField.Catalogue.Select(static field => field.Name).Order(), .. Ours];
                var names = random.GetItems(all, random.Next(1, 60)).Distinct().ToArray();
                var format = FlowFormat.Parse(string.Join(' ', names));
                var line = string.Join(' ', format.Fields.Select(field => Value(random, field)));

                string[] members =
                [
                    .. Fields(format.ToString(), line).EnumerateObject().Select(static member => member.Name),
                ];

                Assert.Equal(members.Distinct(), members);
            },
            tests: 2000
        );

    [Fact]
    public void All_names_at_once_stand_once()
    {
        string[] names = [.. FlowField.Catalogue.Select(static field => field.Name), .. Ours];

        string[] members =
        [
            .. Fields(
                    string.Join(' ', names),
                    string.Join(
                        ' ',
                        names.Select(static name => FlowField.Named(name).Type == FlowType.Text ? "x" : "6")
                    )
                )
                .EnumerateObject()
                .Select(static member => member.Name),
        ];

        Assert.Equal(members.Distinct(), members);
    }

    private static string Value(Random random, FlowField field) =>
        (random.Next(5), field.Type, field.Name) switch
        {
            (0, _, _) => "-",
            (_, _, "protocol") => random.GetItems(["6", "17", "1"], 1)[0],
            (_, _, "srcaddr" or "dstaddr") => random.GetItems(["10.0.0.1", "8.8.8.8", "fd00::1"], 1)[0],
            (_, _, "srcport" or "dstport") => random.GetItems(["443", "40000"], 1)[0],
            (_, FlowType.Text, _) => random.GetItems(["ACCEPT", "ingress", "a%20b"], 1)[0],
            _ => $"{random.Next(300)}",
        };

    private static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) ? value.GetString() : null;

    [Fact]
    public void Without_fields_there_is_what_a_second_delivery_is_known_by_and_no_more()
    {
        var fields = Fields("srcaddr dstaddr dstport protocol", "10.0.0.1 8.8.8.8 443 6", EventFields.None);

        Assert.All(
            fields.EnumerateObject(),
            static member => Assert.Contains(member.Name, (string[])["vendor_product", "cwl_id", "sample_rate"])
        );
    }

    private static JsonElement Fields(string format, string line, EventFields scope = EventFields.Enriched)
    {
        using var events = new HecEvents();
        var encoder = new HecEncoder(FlowFormat.Parse(format), new(), scope);
        encoder.Begin(new("g", "s", "123456789010") { Region = "eu-west-1" });
        var bytes = Encoding.UTF8.GetBytes(line);
        var problem = encoder.Read(bytes, escaped: false, out var read);
        Assert.True(problem.IsNone, line);
        encoder.Write(events, default, "1"u8, 1, bytes, escaped: false, read, problem, sampleRate: 2);
        return JsonElement.Parse(events.Text(0, 1).Span).GetProperty("fields");
    }
}
