using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Vault;

/// <summary>
/// The self-signed certificate that the vault shows on loopback, for clients to pin. Made once and kept beside its
/// private key, which only the owner may read; made anew when it is about to expire. The PEM is the certificate alone.
/// </summary>
internal sealed record VaultCertificate(X509Certificate2 Certificate, string Pem, string? Path)
{
    public static VaultCertificate LoadOrCreate(string? stateFolder, TimeProvider machine)
    {
        var now = machine.GetUtcNow();
        if (stateFolder is null)
        {
            using var fleeting = Create(now);
            return new VaultCertificate(ForServing(fleeting), fleeting.ExportCertificatePem(), null);
        }

        string certificatePath = System.IO.Path.Combine(stateFolder, "vault.crt");
        string keyPath = System.IO.Path.Combine(stateFolder, "vault.key");
        if (File.Exists(certificatePath) && File.Exists(keyPath))
        {
            using var kept = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            if (now.AddDays(1).UtcDateTime < kept.NotAfter.ToUniversalTime())
            {
                return new VaultCertificate(ForServing(kept), kept.ExportCertificatePem(), certificatePath);
            }
        }

        using var made = Create(now);
        using var key = made.GetECDsaPrivateKey()!;
        PrivateFile.Write(keyPath, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(certificatePath, made.ExportCertificatePem());
        return new VaultCertificate(ForServing(made), made.ExportCertificatePem(), certificatePath);
    }

    private static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Orchestrator sandbox vault", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
    }

    /// <summary>TLS on some platforms takes no key that lives in memory only; through PKCS#12 it does everywhere.</summary>
    private static X509Certificate2 ForServing(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
