using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Support;

/// <summary>
/// SNS as far as an HTTPS subscriber sees it: signs messages with a key of its own, serves the certificate and takes
/// confirmations, as the handler of the subscriber's HttpClient.
/// </summary>
internal sealed class FakeSns : HttpMessageHandler
{
    public const string Topic = "arn:aws:sns:eu-west-1:111122223333:alarms";
    public const string Certificate = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123.pem";

    private readonly RSA key;
    private readonly X509Certificate2 certificate;

    public FakeSns(DateTimeOffset now, int keyBits = 2048)
    {
        Now = now;
        key = RSA.Create(keyBits);
        var request = new CertificateRequest(
            "CN=sns.amazonaws.com",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
    }

    public DateTimeOffset Now { get; set; }

    /// <summary>The addresses it was called at.</summary>
    public ConcurrentQueue<Uri> Calls { get; } = [];

    public HttpStatusCode CertificateStatus { get; set; } = HttpStatusCode.OK;

    /// <summary>What it serves in place of the certificate; null: the certificate.</summary>
    public string? CertificateText { get; set; }

    /// <summary>The network's failure in place of an answer.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Answers wait for this.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public HttpStatusCode ConfirmationStatus { get; set; } = HttpStatusCode.OK;

    public string Pem => certificate.ExportCertificatePem();

    public JsonObject Notification(string message, string version = "1", string? subject = null, string? id = null)
    {
        var body = Body("Notification", message, version, id);
        if (subject is not null)
        {
            body["Subject"] = subject;
        }

        return Sign(body);
    }

    public JsonObject Confirmation(string type, string version = "1")
    {
        var body = Body(type, "You have chosen to subscribe.\nTo confirm, visit the SubscribeURL.", version, null);
        body["Token"] = "0123456789abcdef";
        body["SubscribeURL"] =
            $"https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={Topic}&Token=0123456789abcdef";
        return Sign(body);
    }

    private JsonObject Body(string type, string message, string version, string? id) =>
        new()
        {
            ["Type"] = type,
            ["MessageId"] = id ?? Guid.NewGuid().ToString(),
            ["TopicArn"] = Topic,
            ["Message"] = message,
            ["Timestamp"] = Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["SignatureVersion"] = version,
            ["SigningCertURL"] = Certificate,
        };

    /// <summary>Signs what stands there now, by AWS's description rather than with the code under test.</summary>
    public JsonObject Sign(JsonObject body)
    {
        string[] signed =
            (string?)body["Type"] == "Notification"
                ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
                : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        var text = string.Concat(signed.Where(body.ContainsKey).Select(name => $"{name}\n{(string?)body[name]}\n"));
        var hash = (string?)body["SignatureVersion"] == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        body["Signature"] = Convert.ToBase64String(
            key.SignData(Encoding.UTF8.GetBytes(text), hash, RSASignaturePadding.Pkcs1)
        );
        return body;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var url = request.RequestUri!;
        Calls.Enqueue(url);
        await Ready.WaitAsync(cancellationToken);
        if (Fault is not null)
        {
            throw Fault;
        }

        return url.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal)
            ? new(CertificateStatus) { Content = new StringContent(CertificateText ?? Pem) }
            : new(ConfirmationStatus) { Content = new StringContent("<ConfirmSubscriptionResponse/>") };
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            certificate.Dispose();
            key.Dispose();
        }
    }
}
