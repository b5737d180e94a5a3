using System.Globalization;
using FlowLogs.Records;

namespace Benchmarks.FlowLogs;

/// <summary>
/// Lines of one interface, as they vary in a VPC: connections to a few services, most of them inside, one in twenty rejected,
/// every second one an answer.
/// </summary>
internal sealed class FlowLines(FlowFormat format, Random random)
{
    public const string Version5 =
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status "
        + "vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id "
        + "pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path";

    public const string Version11 =
        Version5
        + " ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id "
        + "ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id "
        + "encryption-status instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2 interface-type "
        + "next-hop-interface-id next-hop-subnet-id next-hop-az-id next-hop-vpc-id next-hop-interface-type";

    private static readonly int[] Services = [443, 443, 443, 443, 80, 53, 5432, 6379, 9092, 22, 3306, 8080, 8125, 123];

    private readonly string[] names = [.. format.Fields.Select(static field => field.Name)];
    private readonly string own = $"10.{random.Next(4)}.{random.Next(256)}.{random.Next(4, 255)}";

    public string Interface { get; } = $"eni-{random.NextInt64(1L << 60):x17}";

    /// <param name="start">Epoch seconds.</param>
    public string Next(long start)
    {
        var service = random.Next(10) == 0 ? random.Next(1, 65536) : Services[random.Next(Services.Length)];
        var other =
            random.Next(10) < 7
                ? $"10.{random.Next(32)}.{random.Next(256)}.{random.Next(4, 255)}"
                : $"{random.Next(11, 100)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}";
        var (from, to) = (random.Next(32768, 61000), service);
        var (source, destination) = (own, other);
        if (random.Next(2) == 0)
        {
            (source, destination, from, to) = (destination, source, to, from);
        }

        var protocol = service is 53 or 123 or 8125 ? 17 : 6;
        var packets = 1 + (int)Math.Pow(10, 3 * random.NextDouble());
        var bytes = packets * random.NextInt64(40, 1400);
        var end = start + random.Next(20, 60);
        var isRejected = random.Next(20) == 0;
        return string.Join(' ', names.Select(Value));

        string Value(string name) =>
            name switch
            {
                "version" => names.Length switch
                {
                    14 => "2",
                    29 => "5",
                    _ => "11",
                },
                "account-id" => "123456789010",
                "interface-id" => Interface,
                "srcaddr" or "pkt-srcaddr" => source,
                "dstaddr" or "pkt-dstaddr" => destination,
                "srcport" => Text(from),
                "dstport" => Text(to),
                "protocol" => Text(protocol),
                "packets" => Text(packets),
                "bytes" => Text(bytes),
                "start" => Text(start),
                "end" => Text(end),
                "action" => isRejected ? "REJECT" : "ACCEPT",
                "log-status" => "OK",
                "vpc-id" => "vpc-0abcdefab012345678",
                "subnet-id" => "subnet-0aaaaaaaa012345678",
                "instance-id" => "i-01234567890123456",
                "tcp-flags" => protocol == 6 ? "19" : "0",
                "type" => "IPv4",
                "region" => "eu-west-1",
                "az-id" => "euw1-az1",
                "flow-direction" => source == own ? "egress" : "ingress",
                "traffic-path" => "1",
                "ecs-cluster-name" => "production",
                "ecs-service-name" => "checkout",
                "encryption-status" => "1",
                "instance-tag" => "checkout%20blue",
                "interface-tag" => "team-payments",
                _ => "-",
            };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
