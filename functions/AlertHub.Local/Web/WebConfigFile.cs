using System.Security.Cryptography;
using System.Text;
using AlertHub.Api.Web;
using AlertHub.Configuration;
using AlertHub.Configuration.Web;

namespace AlertHub.Local.Web;

/// <summary>
/// <c>--web.config.file</c>, and the files it names, read again when one of them changes. Where that fails, what was read
/// before stays in force, and the log says so: a slip in a file shuts nobody out who is in.
/// </summary>
internal sealed partial class WebConfigFile : IDisposable
{
    /// <summary>So often at most the files are looked at.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private Contents contents;
    private IReadOnlyList<FileMark> marks;
    private long looked;

    private WebConfigFile(string path, Contents contents, IReadOnlyList<FileMark> marks, TimeProvider time, ILogger log)
    {
        this.path = path;
        this.contents = contents;
        this.marks = marks;
        this.time = time;
        this.log = log;
        looked = time.GetTimestamp();
    }

    /// <summary>What the file says of the server as a whole, which is asked for at the start only.</summary>
    public WebConfig AtStart => contents.Config;

    public WebRules Rules => Current().Rules;

    /// <summary>Null where the server speaks plain HTTP.</summary>
    public ServerTls? Tls => Current().Tls;

    /// <summary>The file, or null and all that is wrong with it, a sentence each.</summary>
    public static WebConfigFile? Load(string path, TimeProvider time, ILogger log, out IReadOnlyList<string> objections)
    {
        path = Path.GetFullPath(path);
        return Read(path, out objections, out var marks) is { } contents ? new(path, contents, marks, time, log) : null;
    }

    public void Dispose() => contents.Tls?.Dispose();

    private Contents Current()
    {
        if (time.GetElapsedTime(Volatile.Read(ref looked)) < Patience || !gate.TryEnter())
        {
            return contents;
        }

        try
        {
            Volatile.Write(ref looked, time.GetTimestamp());
            if (marks.All(static m => m.IsCurrent))
            {
                return contents;
            }

            if (Read(path, out var objections, out marks) is { } fresh)
            {
                // Connections that are being made may hold the former certificate; it goes with them.
                contents = fresh;
                Reread(path);
            }
            else
            {
                NotReread(path, string.Join("; ", objections));
            }

            return contents;
        }
        finally
        {
            gate.Exit();
        }
    }

    private static Contents? Read(string path, out IReadOnlyList<string> objections, out IReadOnlyList<FileMark> marks)
    {
        var files = new List<FileMark> { FileMark.Of(path) };
        marks = files;
        var wrong = new List<string>();
        objections = wrong;
        try
        {
            var config = WebConfig.Load(File.ReadAllBytes(path), path, out var problems);
            wrong.AddRange(problems.Where(static p => p.IsError).Select(static p => p.ToString()));
            if (config is null)
            {
                return null;
            }

            var folder = Path.GetDirectoryName(path) ?? "";
            var tokens = config.Tokens.Select(t => Token(t, folder, files, wrong)).ToArray();
            var tls = config.Tls is { } given ? ServerTls.Read(given, folder, files, wrong) : null;
            return wrong.Count > 0
                ? null
                : new(
                    config,
                    new()
                    {
                        // As with Alertmanager: who names nobody lets everybody in.
                        IsOpen = config.Users.Count == 0 && tokens.Length == 0,
                        Headers = Headers(config.Http.Headers),
                        Users = config.Users,
                        Tokens = tokens,
                    },
                    tls
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            wrong.Add($"{path}: cannot be read: {e.Message}");
            return null;
        }
    }

    private static WebToken Token(BearerToken token, string folder, List<FileMark> files, List<string> wrong)
    {
        string? text = null;
        switch (token.Token)
        {
            case SecretReference.Literal literal:
                text = literal.Value.Reveal();
                break;
            case SecretReference.Variable { Name: var name }:
                text = Environment.GetEnvironmentVariable(name);
                break;
            case SecretReference.FromFile { Path: var file }:
                text = ReadFile(file);
                break;
            case null:
                text = ReadFile(token.TokenFile);
                break;
        }

        text = text?.Trim() ?? "";
        if (text.Length == 0)
        {
            wrong.Add(
                $"bearer_tokens, \"{token.Name}\": there is no token in {(token.Token is { } reference ? reference : token.TokenFile)}; write one there"
            );
        }

        return new(token.Name, SHA256.HashData(Encoding.UTF8.GetBytes(text)))
        {
            Labels = token.Labels,
            IsForProducers = token.Scope == BearerToken.AlertsScope,
        };

        string? ReadFile(string file)
        {
            var full = Path.Combine(folder, file);
            files.Add(FileMark.Of(full));
            return File.Exists(full) ? File.ReadAllText(full) : null;
        }
    }

    private static KeyValuePair<string, string>[] Headers(ServerHeaders headers) =>
        [
            .. new KeyValuePair<string, string>[]
            {
                new("Content-Security-Policy", headers.ContentSecurityPolicy),
                new("X-Frame-Options", headers.FrameOptions),
                new("X-Content-Type-Options", headers.ContentTypeOptions),
                new("X-XSS-Protection", headers.XssProtection),
                new("Strict-Transport-Security", headers.StrictTransportSecurity),
            }.Where(static h => h.Value.Length > 0),
        ];

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path}: changed, read again and in force")]
    private partial void Reread(string path);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Path}: changed, but cannot be used, so what it said before stays in force: {Objections}"
    )]
    private partial void NotReread(string path, string objections);

    private sealed record Contents(WebConfig Config, WebRules Rules, ServerTls? Tls);
}
