namespace FlowLogs.Encoding;

/// <summary>
/// Services by their ports: of IANA's registry those that are met in a VPC, and what runs on a port by custom where the registry
/// has nothing or nothing anybody uses.
/// </summary>
internal static class ServiceNames
{
    private const int Tcp = 6;

    private const int Udp = 17;

    /// <summary>Empty where it is none of them.</summary>
    public static ReadOnlySpan<byte> Of(long protocol, long port) =>
        protocol switch
        {
            Tcp => OfTcp(port),
            Udp => OfUdp(port),
            _ => [],
        };

    private static ReadOnlySpan<byte> OfTcp(long port) =>
        port switch
        {
            20 => "ftp-data"u8,
            21 => "ftp"u8,
            22 => "ssh"u8,
            23 => "telnet"u8,
            25 => "smtp"u8,
            53 => "dns"u8,
            80 or 8080 => "http"u8,
            88 => "kerberos"u8,
            110 => "pop3"u8,
            111 => "sunrpc"u8,
            135 => "msrpc"u8,
            139 => "netbios-ssn"u8,
            143 => "imap"u8,
            179 => "bgp"u8,
            389 => "ldap"u8,
            443 or 8443 => "https"u8,
            445 => "microsoft-ds"u8,
            465 or 587 => "submission"u8,
            514 => "shell"u8,
            636 => "ldaps"u8,
            853 => "dns-over-tls"u8,
            873 => "rsync"u8,
            993 => "imaps"u8,
            995 => "pop3s"u8,
            1433 => "mssql"u8,
            1521 => "oracle"u8,
            1883 => "mqtt"u8,
            2049 => "nfs"u8,
            2181 => "zookeeper"u8,
            2375 => "docker"u8,
            2376 => "docker-tls"u8,
            2379 or 2380 => "etcd"u8,
            3128 => "http-proxy"u8,
            3268 or 3269 => "msft-gc"u8,
            3306 => "mysql"u8,
            3389 => "rdp"u8,
            4317 => "otlp"u8,
            5432 => "postgresql"u8,
            5439 => "redshift"u8,
            5671 => "amqps"u8,
            5672 => "amqp"u8,
            5900 => "vnc"u8,
            5985 => "winrm"u8,
            5986 => "winrm-tls"u8,
            6379 => "redis"u8,
            6443 => "kubernetes-api"u8,
            8883 => "mqtts"u8,
            9000 => "minio"u8,
            9042 => "cassandra"u8,
            9090 => "prometheus"u8,
            9092 or 9094 or 9096 or 9098 => "kafka"u8,
            9093 => "alertmanager"u8,
            9200 or 9300 => "elasticsearch"u8,
            10250 => "kubelet"u8,
            11211 => "memcached"u8,
            27017 => "mongodb"u8,
            _ => [],
        };

    private static ReadOnlySpan<byte> OfUdp(long port) =>
        port switch
        {
            53 => "dns"u8,
            67 or 68 => "dhcp"u8,
            69 => "tftp"u8,
            88 => "kerberos"u8,
            111 => "sunrpc"u8,
            123 => "ntp"u8,
            137 => "netbios-ns"u8,
            138 => "netbios-dgm"u8,
            161 => "snmp"u8,
            162 => "snmptrap"u8,
            389 => "ldap"u8,
            443 => "quic"u8,
            500 => "isakmp"u8,
            514 => "syslog"u8,
            1194 => "openvpn"u8,
            1900 => "ssdp"u8,
            3389 => "rdp"u8,
            4500 => "ipsec-nat-t"u8,
            4789 => "vxlan"u8,
            5353 => "mdns"u8,
            6081 => "geneve"u8,
            8125 => "statsd"u8,
            51820 => "wireguard"u8,
            _ => [],
        };
}
