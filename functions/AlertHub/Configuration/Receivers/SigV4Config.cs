using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>How requests to AWS are signed (Signature Version 4). What is not given comes from the surroundings.</summary>
public sealed record SigV4Config
{
    public string Region { get; init; } = "";

    public string AccessKey { get; init; } = "";

    public SecretReference? SecretKey { get; init; }

    public string Profile { get; init; } = "";

    public string RoleArn { get; init; } = "";

    public string ExternalId { get; init; } = "";

    public bool UseFipsStsEndpoint { get; init; }

    internal static Shape<SigV4Config> Shape { get; } =
        new Shape<SigV4Config>("sigv4", new())
            .Field("region", Kinds.Text, static c => c.Region, static (c, v) => c with { Region = v })
            .About("The region, such as us-east-2.")
            .Field("access_key", Kinds.Text, static c => c.AccessKey, static (c, v) => c with { AccessKey = v })
            .About("An access key's id; not without secret_key.")
            .Field("secret_key", Kinds.Secret, static c => c.SecretKey, static (c, v) => c with { SecretKey = v })
            .About("The access key's secret.")
            .Field("profile", Kinds.Text, static c => c.Profile, static (c, v) => c with { Profile = v })
            .About("A profile in the AWS configuration files.")
            .Field("role_arn", Kinds.Text, static c => c.RoleArn, static (c, v) => c with { RoleArn = v })
            .About("The ARN of a role to assume.")
            .Field("external_id", Kinds.Text, static c => c.ExternalId, static (c, v) => c with { ExternalId = v })
            .About("The external id that the role asks for.")
            .Since("0.26")
            .Field(
                "use_fips_sts_endpoint",
                Kinds.Bool,
                static c => c.UseFipsStsEndpoint,
                static (c, v) => c with { UseFipsStsEndpoint = v }
            )
            .About("Whether the role is assumed through STS's FIPS endpoint.")
            .Since("0.26")
            .Check(CheckKey);

    private static void CheckKey(SigV4Config c, Place place)
    {
        if (c.AccessKey.Length > 0 != c.SecretKey is not null)
        {
            place[c.SecretKey is null ? "secret_key" : "access_key"]
                .Error(
                    "\"access_key\" and \"secret_key\" are one; give both, or neither to use what the surroundings have"
                );
        }
    }
}
