using System.Text;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Configuration;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>Reads the value that a body holds.</summary>
internal delegate T ReadValue<out T>(ref GoJsonReader json);

/// <summary>
/// Bodies as Go's encoding/json reads them into its types: the first value counts and what follows it does not, names in
/// any case, unknown members ignored, of a member given twice the last, and null for "as if it were not there". It stands
/// at a value; each method that reads one leaves it at that value's end.
/// </summary>
/// <param name="json">At the value.</param>
/// <param name="faults">Told what is wrong.</param>
/// <param name="shared">For texts that come again and again.</param>
internal ref struct GoJsonReader(Utf8JsonReader json, BodyFaults faults, SharedTexts shared)
{
    /// <summary>As deep as encoding/json goes.</summary>
    private const int Depth = 10000;

    private Utf8JsonReader json = json;

    /// <summary>What <paramref name="read"/> makes of the first value; or nothing and why it is refused.</summary>
    /// <param name="body">All of it.</param>
    /// <param name="what">What the body is called in Alertmanager's description of its API: <c>alerts</c>.</param>
    /// <param name="shared">For texts that come again and again.</param>
    /// <param name="read">Reads the value.</param>
    /// <param name="refusal">Null where there is nothing wrong.</param>
    public static T? Read<T>(
        ReadOnlySpan<byte> body,
        string what,
        SharedTexts shared,
        ReadValue<T> read,
        out Refusal? refusal
    )
        where T : class
    {
        var text = body.TrimStart(" \t\r\n"u8);
        refusal = text.IsEmpty ? Refusal.Required(what) : null;
        if (text.IsEmpty)
        {
            return null;
        }

        // Go is content with a null that goes on: "nullx". The platform is not.
        var tokens = new Utf8JsonReader(text.StartsWith("null"u8) ? text[..4] : text, new() { MaxDepth = Depth });
        var faults = new BodyFaults();
        try
        {
            tokens.Read();
            var reader = new GoJsonReader(tokens, faults, shared);
            var value = read(ref reader);
            refusal = faults.Refusal;
            return refusal is null ? value : null;
        }
        catch (JsonException e)
        {
            refusal = Refusal.Unreadable(
                $"the {what} in the body are not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"
            );
            return null;
        }
    }

    public readonly void Incomplete(Refusal refusal) => faults.Incomplete(refusal);

    public readonly bool IsNull => json.TokenType == JsonTokenType.Null;

    /// <summary>Whether the value is an array, whose items <see cref="NextItem"/> comes to.</summary>
    public bool BeginArray(Place place) => Begin(JsonTokenType.StartArray, place, "an array");

    /// <summary>Whether there is another item; then it stands at that.</summary>
    public bool NextItem()
    {
        json.Read();
        return json.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Whether the value is an object, whose members <see cref="NextMember"/> comes to.</summary>
    public bool BeginObject(Place place) => Begin(JsonTokenType.StartObject, place, "an object");

    /// <summary>
    /// The name of the next member of an object, at whose value it then stands; empty where it is none of
    /// <paramref name="names"/>, null where there is no further one.
    /// </summary>
    public string? NextMember(ReadOnlySpan<string> names)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var found = Find(json.ValueSpan, names);
        json.Read();
        return found;
    }

    public void Skip() => json.Skip();

    /// <summary>The string; null for null and for what is none.</summary>
    public string? Text(Place place) => IsText(place) ? shared.Text(json.ValueSpan) : null;

    /// <summary>The address; what was there before stays where there is no string.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="link">
    /// Null for the empty text, and for what Go counts as a URL and the platform does not, such as <c>http://</c>.
    /// </param>
    /// <param name="wrong">The text where it is no URL.</param>
    public void Link(Place place, ref Uri? link, ref string? wrong)
    {
        if (!IsText(place))
        {
            return;
        }

        var raw = json.ValueSpan;
        (link, wrong) = (raw.IsEmpty ? null : shared.Link(raw), null);
        if (link is null && !raw.IsEmpty && GoJsonText.Decode(raw) is var text && !GoUrl.IsRequestUri(text))
        {
            wrong = text;
        }
    }

    public bool? Boolean(Place place)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            default:
                Refuse(place, "a boolean");
                return null;
        }
    }

    public DateTimeOffset? Time(Place place)
    {
        if (!IsText(place))
        {
            return null;
        }

        Span<char> characters = stackalloc char[WireTime.Usual];
        var raw = json.ValueSpan;
        ReadOnlySpan<char> text =
            raw.Length <= WireTime.Usual && Ascii.IsValid(raw) && raw.IndexOf((byte)'\\') < 0
                ? characters[..Encoding.ASCII.GetChars(raw, characters)]
                : GoJsonText.Decode(raw);
        var time = WireTime.Parse(text);
        if (time is null)
        {
            faults.Unreadable(
                $"{place} in body is no time: {Exchange.Quote(text.ToString())}; write it as 2026-01-31T12:00:00.000Z"
            );
        }

        return time;
    }

    /// <summary>
    /// Added to those of the same member given before, as Go fills the map that is there; null makes the whole null.
    /// </summary>
    /// <param name="before">Null where the member was not given before.</param>
    /// <param name="fresh">Taken where there are none from before.</param>
    /// <param name="place">Of the member.</param>
    public List<Label>? Labels(List<Label>? before, List<Label> fresh, Place place)
    {
        if (IsNull)
        {
            return null;
        }

        var labels = before ?? fresh;
        if (before is null)
        {
            labels.Clear();
        }

        if (!BeginObject(place))
        {
            return labels;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            json.Read();
            if (json.TokenType == JsonTokenType.String)
            {
                labels.Add(shared.Label(name, json.ValueSpan));
            }
            else
            {
                var text = GoJsonText.Decode(name);
                Refuse($"{place}.{text}", "a string");
                labels.Add(new(text, ""));
            }
        }

        return labels;
    }

    private bool IsText(Place place)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return true;
        }

        Refuse(place, "a string");
        return false;
    }

    private bool Begin(JsonTokenType token, Place place, string expected)
    {
        if (json.TokenType == token)
        {
            return true;
        }

        Refuse(place, expected);
        return false;
    }

    /// <summary>Passes by a value of the wrong kind; null is of none, and not wrong.</summary>
    private void Refuse(Place place, string expected)
    {
        if (!IsNull)
        {
            faults.Unreadable($"{place} in body must be {expected}, not {Kind(json.TokenType)}");
        }

        json.Skip();
    }

    private static string Kind(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            _ => "a boolean",
        };

    private static string Find(ReadOnlySpan<byte> raw, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Ascii.EqualsIgnoreCase(raw, name))
            {
                return name;
            }
        }

        if (Ascii.IsValid(raw) && raw.IndexOf((byte)'\\') < 0)
        {
            return "";
        }

        var folded = GoJsonText.FoldName(GoJsonText.Decode(raw));
        foreach (var name in names)
        {
            if (name.Equals(folded, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return "";
    }
}

/// <summary>Where a value stands in a body, as it is told: only worth a text where something is wrong there.</summary>
/// <param name="Item">Of the body's array, counted from 0; -1 where it is none.</param>
/// <param name="Member">Its name; empty for the item itself.</param>
internal readonly record struct Place(int Item, string Member)
{
    public static implicit operator Place(string path) => new(-1, path);

    public override string ToString() =>
        Item < 0 ? Member
        : Member.Length == 0 ? $"{Item}"
        : $"{Item}.{Member}";
}
