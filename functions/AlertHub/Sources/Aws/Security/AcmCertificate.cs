namespace AlertHub.Sources.Aws.Security;

/// <summary>A certificate that is not renewed as it should be; over once a new one is available.</summary>
internal static class AcmCertificate
{
    private const string Unrenewed = "ACM certificate not renewed";
    private const string Expired = "ACM certificate expired";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvents(
            "acm-certificate",
            "aws.acm",
            [
                "ACM Certificate Approaching Expiration",
                "ACM Certificate Available",
                "ACM Certificate Expired",
                "ACM Certificate Renewal Action Required",
                "ACM Certificate Revoked",
            ],
            Tell
        );

    private static IReadOnlyList<AwsStory> Tell(AwsEvent happened)
    {
        if (happened.Resource is not { } arn)
        {
            return [];
        }

        var domain = happened.Detail.Text("CommonName") ?? AwsWords.Last(arn);
        var left = happened.Detail.Text("DaysToExpiry") is { } days ? $" in {AwsWords.Count(days, "day")}" : "";
        var why = happened.Detail.Text("RenewalStatusReason");
        return happened.DetailType switch
        {
            "ACM Certificate Approaching Expiration" =>
            [
                Of(happened, arn, domain, Unrenewed, $"The certificate of {domain} expires{left}"),
            ],
            "ACM Certificate Renewal Action Required" =>
            [
                Of(
                    happened,
                    arn,
                    domain,
                    Unrenewed,
                    $"The certificate of {domain} cannot be renewed{(why is null ? "" : $": {Why(why)}")}{(left.Length > 0 ? $"; it expires{left}" : "")}"
                ),
            ],
            "ACM Certificate Expired" =>
            [
                Of(happened, arn, domain, Expired, $"The certificate of {domain} has expired"),
            ],
            "ACM Certificate Revoked" =>
            [
                Of(happened, arn, domain, "ACM certificate revoked", $"The certificate of {domain} was revoked") with
                {
                    Identity = null,
                    Phase = AwsPhase.Happened,
                },
            ],
            _ =>
            [
                Of(happened, arn, domain, Unrenewed, $"The certificate of {domain} is available") with
                {
                    Phase = AwsPhase.Ends,
                    Endings = [new(Expired, AwsSeverity.Critical, arn)],
                },
            ],
        };
    }

    private static string Why(string reason) =>
        reason switch
        {
            "CAA_ERROR" => "a CAA record forbids it",
            "PENDING_DOMAIN_VALIDATION" => "the domain is not validated",
            "NO_AVAILABLE_CONTACTS" => "the domain has nobody to ask",
            _ => AwsWords.Plain(reason),
        };

    private static AwsStory Of(AwsEvent happened, string arn, string domain, string name, string summary) =>
        new()
        {
            Name = name,
            Identity = arn,
            Phase = AwsPhase.Begins,
            Severity = name == Unrenewed ? AwsSeverity.Warning : AwsSeverity.Critical,
            Summary = summary,
            State = happened.Detail.Text("RenewalStatusReason"),
            Resource = domain,
            ConsolePath = $"acm/home#/certificates/{Uri.EscapeDataString(AwsWords.Last(arn))}",
            Runbook = "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-renewal.html",
            Facts =
            [
                new("certificate", arn),
                new("type", happened.Detail.Text("CertificateType") ?? ""),
                new("validation", happened.Detail.Text("DomainValidationMethod") ?? ""),
                new("in_use", happened.Detail.Text("InUse") ?? ""),
            ],
        };
}
