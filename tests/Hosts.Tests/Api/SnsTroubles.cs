using System.Net;
using System.Security.Cryptography;
using AlertHub.Api.Sns;
using Hosts.Tests.Support;

namespace Hosts.Tests.Api;

/// <summary>What is wrong on this side does not cost an alert: SNS is told 503 and tries again, the operator gets an error line.</summary>
public sealed class SnsTroubles : IAsyncLifetime
{
    private SnsScene scene = null!;

    public async Task InitializeAsync() => scene = await SnsScene.StartAsync(FakeSns.Topic);

    public async Task DisposeAsync() => await scene.DisposeAsync();

    private async Task TroubleAsync(SnsScene at, string reason)
    {
        var (status, text) = await at.PostAsync(at.Sns.Notification("text"));

        Assert.Equal(503, status);
        Assert.StartsWith("Not taken, send it again later: ", text, StringComparison.Ordinal);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        var line = Assert.Single(at.Server.SnsLog.Lines);
        Assert.StartsWith("Error: /sns: not taken ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.Empty(at.Server.Stored);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_certificate_that_is_not_served_now(HttpStatusCode status)
    {
        scene.Sns.CertificateStatus = status;

        await TroubleAsync(scene, $"answered {(int)status}");
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task A_page_in_the_place_of_the_certificate(string text)
    {
        scene.Sns.CertificateText = text;

        await TroubleAsync(scene, "is no certificate");
    }

    [Fact]
    public async Task A_network_that_does_not_reach_sns()
    {
        scene.Sns.Fault = new HttpRequestException("no such host");

        await TroubleAsync(scene, "sns.eu-west-1.amazonaws.com could not be reached");
    }

    [Fact]
    public async Task An_sns_that_does_not_answer_in_time()
    {
        scene.Sns.Fault = new TaskCanceledException("timeout");

        await TroubleAsync(scene, "sns.eu-west-1.amazonaws.com could not be reached");
    }

    [Fact]
    public async Task A_network_that_does_not_let_the_confirmation_through()
    {
        await scene.PostAsync(scene.Sns.Notification("text"));
        scene.Sns.Fault = new HttpRequestException("no such host");

        Assert.Equal(503, (await scene.PostAsync(scene.Sns.Confirmation("SubscriptionConfirmation"))).Status);
    }

    [Fact]
    public async Task A_clock_that_is_behind()
    {
        scene.Sns.Now = SnsScene.Now.AddMinutes(6);

        await TroubleAsync(scene, "set this machine's clock");
    }

    [Fact]
    public async Task A_clock_before_the_certificates_beginning()
    {
        scene.Clock.Advance(TimeSpan.FromDays(-31));
        scene.Sns.Now = scene.Clock.GetUtcNow();

        await TroubleAsync(scene, "set this machine's clock");
    }

    [Fact]
    public async Task A_stranger_with_a_time_to_come_is_refused_as_any_stranger()
    {
        scene.Sns.Now = SnsScene.Now.AddMinutes(6);
        var body = scene.Sns.Notification("text");
        body["Message"] = "other text";

        var (status, text) = await scene.PostAsync(body);

        Assert.Equal((403, "Refused: the signature does not match.\n"), (status, text));
    }

    [Fact]
    public async Task A_key_that_is_too_small()
    {
        await using var other = await SnsScene.StartAsync(new SnsPolicy { Topics = [FakeSns.Topic] }, keyBits: 1024);

        await TroubleAsync(other, "no RSA key of 2048 bits");
    }

    [Fact]
    public void A_system_that_checks_no_sha1()
    {
        var body = scene.Sns.Notification("text", "1");
        using var key = new RsaWithoutSha1();

        var objection = SnsSignature.Objection(SnsMessage.Read(Bytes(body.ToJsonString()))!, key);

        Assert.Equal(
            new SnsObjection.Trouble(
                "this system cannot check SHA1 signatures; set the topic's attribute SignatureVersion to 2"
            ),
            objection
        );
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>As OpenSSL is under the policy of Red Hat Enterprise Linux 9.</summary>
    private sealed class RsaWithoutSha1 : RSA
    {
        public override int KeySize => 2048;

        public override RSAParameters ExportParameters(bool includePrivateParameters) =>
            throw new NotSupportedException();

        public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();

        public override bool VerifyHash(
            byte[] hash,
            byte[] signature,
            HashAlgorithmName hashAlgorithm,
            RSASignaturePadding padding
        ) => throw new CryptographicException("error:03000098:digital envelope routines::invalid digest");
    }
}
