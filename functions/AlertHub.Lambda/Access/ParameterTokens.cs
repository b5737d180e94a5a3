using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Api.Web;
using AlertHub.Aws;
using AlertHub.Configuration.Web;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Microsoft.Extensions.Logging;

namespace AlertHub.Lambda.Access;

/// <summary>
/// The tokens that let in: parameters in a folder of Parameter Store, each named after whose it is. A new one lets in within
/// seconds, one that was removed no longer after a minute. While the store cannot be read, those that are known stand; before
/// they are known nobody is let in, and everybody is told to come again.
/// </summary>
/// <param name="client">Of Parameter Store.</param>
/// <param name="folder">Value of <see cref="Names.ParametersVariable"/> with <see cref="Names.TokensFolder"/>.</param>
/// <param name="time">Says when they are to be read again.</param>
/// <param name="log">What cannot be read.</param>
internal sealed partial class ParameterTokens(
    IAmazonSimpleSystemsManagement client,
    string folder,
    TimeProvider time,
    ILogger<ParameterTokens> log
) : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>So often at most they are read, whoever comes with whatever token.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>How long the store may take; a request waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>So often at most it is said that they cannot be read.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1);
    private volatile Reading last = new(Rules: null, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
    private HashSet<(string, string)> objected = [];
    private DateTimeOffset warnedAt = DateTimeOffset.MinValue;

    /// <inheritdoc cref="FindWebRules"/>
    public ValueTask<WebRules> FindAsync(bool renew, CancellationToken cancellationToken) =>
        IsEnough(last, renew) ? new(last.Rules ?? WebRules.Unknown) : new(ReadAsync(renew, cancellationToken));

    public void Dispose() => turn.Dispose();

    private bool IsEnough(Reading reading, bool renew)
    {
        var now = time.GetUtcNow();
        return now - reading.TriedAt < Pause || (!renew && now - reading.ReadAt < Lifetime);
    }

    /// <summary>One at a time: whoever waited takes what the one before it has read.</summary>
    private async Task<WebRules> ReadAsync(bool renew, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsEnough(last, renew))
            {
                return last.Rules ?? WebRules.Unknown;
            }

            var now = time.GetUtcNow();
            try
            {
                var parameters = await ParametersAsync(cancellationToken).ConfigureAwait(false);
                last = new(new() { Tokens = Tokens(parameters) }, now, now);
            }
            catch (Exception e) when (AwsTrouble.Is(e, cancellationToken))
            {
                last = last with { TriedAt = now };
                if (now - warnedAt >= Quiet)
                {
                    warnedAt = now;
                    Tell(e is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : e.GetType().Name);
                }
            }

            return last.Rules ?? WebRules.Unknown;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<IReadOnlyList<Parameter>> ParametersAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var parameters = new List<Parameter>();
        string? next = null;
        do
        {
            var page = await client
                .GetParametersByPathAsync(
                    new()
                    {
                        Path = folder,
                        WithDecryption = true,
                        NextToken = next,
                    },
                    either.Token
                )
                .ConfigureAwait(false);
            parameters.AddRange(page.Parameters ?? []);
            next = string.IsNullOrEmpty(page.NextToken) ? null : page.NextToken;
        } while (next is not null);

        return parameters;
    }

    /// <summary>Of each parameter that is none it is said why, once for as long as it stays so.</summary>
    private WebToken[] Tokens(IReadOnlyList<Parameter> parameters)
    {
        var (tokens, objections) = (new List<WebToken>(), new HashSet<(string, string)>());
        foreach (var parameter in parameters)
        {
            var name = parameter.Name ?? "";
            if (Token(name, parameter.Value ?? "", out var objection) is { } token)
            {
                tokens.Add(token);
            }
            else
            {
                objections.Add((name, objection ?? ""));
            }
        }

        foreach (var (name, objection) in objections.Except(objected))
        {
            Unusable(name, objection);
        }

        if (tokens.Count == 0 && last.Rules is not { Tokens.Count: 0 })
        {
            NobodyMayCome(folder);
        }

        objected = objections;
        return [.. tokens];
    }

    /// <summary>The token of a parameter: plain, or JSON of <see cref="TokenText"/>; null and why it is none, without a word of it.</summary>
    internal static WebToken? Token(string parameter, string value, out string? objection)
    {
        value = value.Trim();
        TokenText? text;
        try
        {
            text = value.StartsWith('{')
                ? JsonSerializer.Deserialize(value, TokenJson.Default.TokenText)
                : new TokenText { Token = value };
        }
        // Their messages would quote the parameter; the second is of escapes that are no characters.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            objection =
                "it begins with { and is not JSON like {\"token\": \"...\", \"labels\": {\"tenant\": \"a\"}, \"scope\": \"alerts\"}";
            return null;
        }

        var token = text?.Token.Trim() ?? "";
        objection =
            token.Length < BearerToken.ShortestToken
                ? $"a token of fewer than {BearerToken.ShortestToken} characters can be guessed; openssl rand -hex 32 makes one"
            : text?.Scope is not (BearerToken.AllScope or BearerToken.AlertsScope)
                ? $"its scope is neither {BearerToken.AllScope} nor {BearerToken.AlertsScope}"
            : text.Labels.ContainsKey("") ? "a label's name is missing"
            // What is within a dictionary may be null all the same.
            : text.Labels.Values.Contains(null) ? "a label has no text"
            : null;
        return objection is not null
            ? null
            : new(parameter[(parameter.LastIndexOf('/') + 1)..], SHA256.HashData(Encoding.UTF8.GetBytes(token)))
            {
                Labels = Labels.Of(text!.Labels.Select(static label => new Label(label.Key, label.Value))),
                IsForProducers = text.Scope == BearerToken.AlertsScope,
            };
    }

    private void Tell(string reason)
    {
        if (last.Rules is { Tokens.Count: var count })
        {
            NotRenewed(folder, reason, count);
        }
        else
        {
            NotRead(folder, reason);
        }
    }

    /// <summary>A cancellation that nobody asked for is a time-out of the client's or of ours.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "The token {Parameter} lets nobody in: {Objection}")]
    private partial void Unusable(string parameter, string objection);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "There is no token under {Folder}, so nobody is let in; store one with: aws ssm put-parameter --type SecureString --name {Folder}/NAME --value $(openssl rand -hex 32)"
    )]
    private partial void NobodyMayCome(string folder);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The tokens under {Folder} cannot be read ({Reason}), so the {Count} that are known stand"
    )]
    private partial void NotRenewed(string folder, string reason, int count);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The tokens under {Folder} cannot be read ({Reason}), so nobody is let in; the function's role needs ssm:GetParametersByPath on them, and kms:Decrypt on their key"
    )]
    private partial void NotRead(string folder, string reason);

    /// <param name="Rules">Null until they were read once.</param>
    /// <param name="ReadAt">When they were.</param>
    /// <param name="TriedAt">When that was last tried.</param>
    private sealed record Reading(WebRules? Rules, DateTimeOffset ReadAt, DateTimeOffset TriedAt);
}
