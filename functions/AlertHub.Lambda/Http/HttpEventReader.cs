using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Lambda.Http;

/// <summary>
/// Reads an event by hand: a cold start would have to build what a serializer knows of a type, and a body of six megabytes
/// would become a string on its way to bytes.
/// </summary>
internal ref struct HttpEventReader
{
    private readonly List<string> cookies = [];
    private readonly HeaderDictionary headers = [];
    private Utf8JsonReader reader;
    private Utf8JsonReader body;
    private bool isBase64;
    private string? version;
    private string? method;
    private string? rawPath;
    private string? rawQueryString;
    private string? protocol;
    private string? sourceIp;
    private string? stage;
    private string? domainName;
    private string? requestId;

    private HttpEventReader(ReadOnlySpan<byte> json) => reader = new(json);

    /// <exception cref="HttpEventException">It is no event of an HTTP request.</exception>
    public static HttpEvent Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return new HttpEventReader(json).Read();
        }
        // Its own words would quote what stands there.
        catch (JsonException e)
        {
            throw HttpEventException.Unreadable(
                $"it is no JSON at byte {e.BytePositionInLine + 1} of line {e.LineNumber + 1}"
            );
        }
        catch (FormatException)
        {
            throw HttpEventException.Unreadable("its body is no base64");
        }
        // Names the kinds of values.
        catch (InvalidOperationException e)
        {
            throw HttpEventException.Unreadable(e.Message.TrimEnd('.'));
        }
    }

    private HttpEvent Read()
    {
        reader.Read();
        if (Enters())
        {
            ReadRoot();
        }

        if (version != "2.0" || string.IsNullOrEmpty(method))
        {
            throw version is null or "2.0" ? HttpEventException.NoRequest() : HttpEventException.OtherFormat(version);
        }

        return new()
        {
            Method = method,
            RawPath = string.IsNullOrEmpty(rawPath) ? "/" : rawPath,
            RawQueryString = rawQueryString ?? "",
            Headers = headers,
            Cookies = cookies,
            Body = Body(),
            Protocol = protocol,
            SourceIp = sourceIp,
            Stage = stage,
            DomainName = domainName,
            RequestId = requestId,
        };
    }

    private void ReadRoot()
    {
        while (NextMember())
        {
            if (Is("cookies"u8))
            {
                ReadCookies();
            }
            else if (Is("headers"u8))
            {
                ReadHeaders();
            }
            else if (Is("requestContext"u8))
            {
                ReadContext();
            }
            else if (Is("body"u8))
            {
                // What it means is said behind it.
                body = reader.TokenType is JsonTokenType.String or JsonTokenType.Null
                    ? reader
                    : throw HttpEventException.Unreadable("its body is no text");
            }
            else if (Is("isBase64Encoded"u8))
            {
                isBase64 = reader.TokenType != JsonTokenType.Null && reader.GetBoolean();
            }
            else
            {
                _ =
                    Reads("version"u8, ref version)
                    || Reads("rawPath"u8, ref rawPath)
                    || Reads("rawQueryString"u8, ref rawQueryString)
                    || Skips();
            }
        }
    }

    private void ReadContext()
    {
        if (!Enters())
        {
            return;
        }

        while (NextMember())
        {
            if (Is("http"u8))
            {
                ReadHttp();
            }
            else
            {
                _ =
                    Reads("stage"u8, ref stage)
                    || Reads("domainName"u8, ref domainName)
                    || Reads("requestId"u8, ref requestId)
                    || Skips();
            }
        }
    }

    private void ReadHttp()
    {
        if (!Enters())
        {
            return;
        }

        while (NextMember())
        {
            _ =
                Reads("method"u8, ref method)
                || Reads("protocol"u8, ref protocol)
                || Reads("sourceIp"u8, ref sourceIp)
                || Skips();
        }
    }

    private void ReadHeaders()
    {
        if (!Enters())
        {
            return;
        }

        while (NextMember())
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.GetString() is { } value)
            {
                headers[name] = value;
            }
        }
    }

    private void ReadCookies()
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw HttpEventException.Unreadable("its cookies are no array");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.GetString() is { } cookie)
            {
                cookies.Add(cookie);
            }
        }
    }

    private readonly ReadOnlyMemory<byte> Body()
    {
        if (body.TokenType != JsonTokenType.String)
        {
            return default;
        }

        if (isBase64)
        {
            return body.GetBytesFromBase64();
        }

        // Without its escapes it is no longer than with them.
        var bytes = new byte[body.ValueSpan.Length];
        return bytes.AsMemory(0, body.CopyString(bytes));
    }

    private bool NextMember() => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the member has that name; then the reader goes on to its value.</summary>
    private bool Is(ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>The same, and its text is read.</summary>
    private bool Reads(ReadOnlySpan<byte> name, ref string? text)
    {
        if (!Is(name))
        {
            return false;
        }

        text = reader.GetString();
        return true;
    }

    private bool Skips()
    {
        reader.Skip();
        return true;
    }

    /// <summary>Whether the value is an object, and no null.</summary>
    private readonly bool Enters() =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw HttpEventException.Unreadable($"{reader.TokenType} instead of an object"),
        };
}
