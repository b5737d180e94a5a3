using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertHub.Channels.Slack;

/// <summary>To where a content goes, and as what: all of a request's body but the content itself.</summary>
internal abstract record SlackEnvelope
{
    private static readonly JsonWriterOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private SlackEnvelope() { }

    /// <summary>The method of the Web API.</summary>
    public virtual string Method => "chat.postMessage";

    /// <summary>Whether the message stands there already: what a change does not name may stay, so it names all.</summary>
    public virtual bool IsChange => false;

    protected abstract void Write(Utf8JsonWriter json);

    /// <summary>The body of the request.</summary>
    public byte[] Around(SlackWriter content)
    {
        using var buffer = new MemoryStream(4096);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            Write(json);
            content(json, IsChange);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>A message of its own.</summary>
    public sealed record New(SlackSender Sender) : SlackEnvelope
    {
        protected override void Write(Utf8JsonWriter json) => Sender.Write(json);
    }

    /// <summary>A message that stands there already. Its sender stays whoever it was.</summary>
    public sealed record Change(string Channel, string Ts) : SlackEnvelope
    {
        public override string Method => "chat.update";

        public override bool IsChange => true;

        protected override void Write(Utf8JsonWriter json)
        {
            json.WriteString("channel", Channel);
            json.WriteString("ts", Ts);
        }
    }

    /// <summary>In the thread of a message; for everybody in the channel to see, or for those who follow the thread.</summary>
    public sealed record Reply(SlackSender Sender, string Ts, bool IsBroadcast) : SlackEnvelope
    {
        protected override void Write(Utf8JsonWriter json)
        {
            Sender.Write(json);
            json.WriteString("thread_ts", Ts);
            if (IsBroadcast)
            {
                json.WriteBoolean("reply_broadcast", true);
            }
        }
    }
}

/// <summary>Writes the members of a message that say something.</summary>
/// <param name="json">Into this object.</param>
/// <param name="isChange">Of a message that stands there already.</param>
internal delegate void SlackWriter(Utf8JsonWriter json, bool isChange);

/// <summary>What is said, and the same for a Slack that did not like its form.</summary>
internal sealed record SlackContent(SlackWriter Full, SlackWriter Plain);
