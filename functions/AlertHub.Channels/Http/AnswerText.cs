using AlertHub.Text;

namespace AlertHub.Channels.Http;

/// <summary>
/// What of an answer a person may read. Servers repeat what they were sent, in an error page or a message: an answer in which
/// any word of the address or of a header stands is not shown.
/// </summary>
internal static class AnswerText
{
    private const int Longest = 200;

    public static string Show(string text, string? mediaType, HttpRequestMessage request)
    {
        var line = OneLine(text);
        return line.Length == 0 ? "without a text"
            : mediaType is "text/html" || line[0] == '<' || Words(request).Any(Stands)
                ? $"with {mediaType ?? "no media type"}, {text.Length} characters"
            : $"'{Cut.To(line, Longest)}'";

        bool Stands(string word) => line.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static string OneLine(string text) =>
        string.Join(
            ' ',
            string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>
    /// Of an address only those that may be a token: an answer that says "alerts" must not be kept back because the address
    /// ends in /alerts.
    /// </summary>
    private static IEnumerable<string> Words(HttpRequestMessage request)
    {
        var address = Split(Uri.UnescapeDataString(request.RequestUri!.PathAndQuery))
            .Where(static word => word.Length >= 8 || (word.Length >= 4 && word.Any(char.IsAsciiDigit)));
        var headers = request
            .Headers.Where(static header => header.Key != "User-Agent")
            .SelectMany(static header => header.Value)
            .SelectMany(static value =>
                value.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
                    ? [value, BasicText.Decode(value[6..]) ?? ""]
                    : new[] { value }
            )
            .SelectMany(Split)
            .Where(static word => word.Length >= 4 && word is not ("Basic" or "Bearer"));
        return address.Concat(headers);
    }

    /// <summary>Letters and digits: without what one encoding or another would write otherwise.</summary>
    private static IEnumerable<string> Split(string text)
    {
        for (int start = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                yield return text[start..i];
            }

            start = i + 1;
        }
    }
}
