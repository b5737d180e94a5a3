using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AlertHub.Api.Sns;

/// <summary>Whether a message is signed by the holder of a certificate: bytes, certificate and time in, verdict out.</summary>
internal static class SnsSignature
{
    private const int SmallestKeyBits = 2048;

    /// <summary>
    /// Why the signature is not good, or null where it is. The message is the sender's word; the certificate is SNS's, so
    /// where that is unfit the reason is on this side: the clock, a proxy, a new kind of key. The chain is not built: the
    /// certificate came over TLS from SNS's own host (<see cref="SnsAddress"/>), which proves as much, and AWS serves the
    /// leaf alone, so that a chain would depend on fetching issuers. The AWS SDKs do the same.
    /// </summary>
    public static SnsObjection? Objection(SnsMessage message, X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now < certificate.NotBefore)
        {
            return new SnsObjection.Trouble("the signing certificate is not valid yet; set this machine's clock");
        }

        if (now > certificate.NotAfter)
        {
            return new SnsObjection.Refusal("the signing certificate is not valid any more");
        }

        using var key = certificate.GetRSAPublicKey();
        if (key is null || key.KeySize < SmallestKeyBits)
        {
            return new SnsObjection.Trouble("the signing certificate has no RSA key of 2048 bits or more");
        }

        return Objection(message, key);
    }

    internal static SnsObjection? Objection(SnsMessage message, RSA key)
    {
        var signature = new byte[key.KeySize / 8];
        if (!Convert.TryFromBase64String(message.Signature, signature, out var length) || length != signature.Length)
        {
            return new SnsObjection.Refusal("the signature does not match");
        }

        // Version 1 is SHA-1 by SNS's definition, and still its default.
        var hash = message.SignatureVersion == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        try
        {
            return key.VerifyData(message.SignedText(), signature, hash, RSASignaturePadding.Pkcs1)
                ? null
                : new SnsObjection.Refusal("the signature does not match");
        }
        catch (CryptographicException)
        {
            // Some distributions' OpenSSL policy forbids SHA-1 signatures altogether.
            return new SnsObjection.Trouble(
                $"this system cannot check {hash.Name} signatures; set the topic's attribute SignatureVersion to 2"
            );
        }
    }
}
