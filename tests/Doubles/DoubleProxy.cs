using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AzOpenAI.Tests.Doubles;

/// <summary>
/// A proxy on loopback that lets nothing out: it ends TLS for the names of Azure with a certificate of its own and answers itself. A client that goes
/// through it and trusts that one certificate speaks exactly as it would to Azure, and no name has to be resolved. Addresses of the proxy itself work, too.
/// </summary>
internal sealed class DoubleProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<DoubleRequest, Task<DoubleAnswer>> _answer;
    private readonly X509Certificate2 _certificate;
    private readonly Task _loop;

    public DoubleProxy(IEnumerable<string> hosts, Func<DoubleRequest, Task<DoubleAnswer>> answer)
    {
        _answer = answer;
        _certificate = MakeCertificate(hosts);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _loop = AcceptAsync();
    }

    /// <summary>Where the proxy listens.</summary>
    public Uri Address { get; }

    /// <summary>All requests, in order.</summary>
    public ConcurrentQueue<DoubleRequest> Requests { get; } = new();

    /// <summary>What the client has to trust, PEM.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>A client that goes through the proxy and trusts its certificate only.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        Proxy = new WebProxy(Address),
        UseProxy = true,
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, seen, _, _) => seen?.GetCertHashString() == _certificate.GetCertHashString(),
        },
    });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _loop;
        _certificate.Dispose();
        _end.Dispose();
    }

    private static X509Certificate2 MakeCertificate(IEnumerable<string> hosts)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Azure on loopback", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts)
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        // Through PFX, because TLS on some systems cannot use a key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                string origin = Address.GetLeftPart(UriPartial.Authority);
                while (await ReadAsync(stream, origin) is (string method, string target, DoubleRequest request))
                {
                    if (method == "CONNECT")
                    {
                        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _end.Token);
                        var tls = new SslStream(stream);
                        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                        stream = tls;
                        origin = "https://" + (target.EndsWith(":443", StringComparison.Ordinal) ? target[..^4] : target);
                        continue;
                    }

                    Requests.Enqueue(request);
                    DoubleAnswer answer = await _answer(request);
                    if (answer.Status == DoubleAnswer.HangUp)
                        return;
                    await WriteAsync(stream, answer);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The client is gone, or does not trust us: it says so itself.
            }
        }
    }

    private async Task<(string Method, string Target, DoubleRequest Request)?> ReadAsync(Stream stream, string origin)
    {
        var head = new List<byte>();
        byte[] one = new byte[1];
        while (head.Count < 4 || !(head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] start = lines[0].Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        byte[] body = new byte[headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _end.Token);
        // A request of plain http comes with the whole address.
        Uri uri = start[0] == "CONNECT" ? Address : start[1].StartsWith("http", StringComparison.OrdinalIgnoreCase) ? new Uri(start[1]) : new Uri(origin + start[1]);
        return (start[0], start[1], new DoubleRequest(start[0], uri, headers, Encoding.UTF8.GetString(body)));
    }

    private async Task WriteAsync(Stream stream, DoubleAnswer answer)
    {
        byte[] body = Encoding.UTF8.GetBytes(answer.Body);
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} Answer\r\nContent-Length: {body.Length}\r\n");
        if (!answer.Headers.Any(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            head.Append("Content-Type: application/json\r\n");
        foreach ((string name, string value) in answer.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _end.Token);
        await stream.WriteAsync(body, _end.Token);
        await stream.FlushAsync(_end.Token);
    }
}
