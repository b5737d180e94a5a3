using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra;

/// <summary>CDK's context with the problems that its values have.</summary>
internal sealed class ContextValues(Func<string, object?> context)
{
    private readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    public void Refuse(string key, string why) => problems.Add($"Context \"{key}\": {why}.");

    public string Text(string key, string fallback)
    {
        switch (context(key))
        {
            case null:
                return fallback;
            case string text:
                return text.Trim();
            case bool value:
                return value ? "true" : "false";
            case IFormattable number:
                return number.ToString(null, CultureInfo.InvariantCulture);
            default:
                Refuse(key, "write text, not a list or an object");
                return fallback;
        }
    }

    /// <summary>What stands between commas, semicolons or spaces, each once.</summary>
    public List<string> List(string key, StringComparer? comparer = null) =>
        Text(key, "")
            .Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(comparer ?? StringComparer.OrdinalIgnoreCase)
            .ToList();

    /// <summary>A list, each of whose texts must match.</summary>
    public List<string> All(string key, Regex pattern, string what)
    {
        var all = List(key, StringComparer.Ordinal);
        foreach (var text in all.Where(text => !pattern.IsMatch(text)))
        {
            Refuse(key, $"\"{text}\" is not {what}");
        }

        return all;
    }

    /// <summary>The fallback need not match.</summary>
    public string Matching(string key, string fallback, Regex pattern, string what)
    {
        var text = Text(key, fallback);
        if (text == fallback || pattern.IsMatch(text))
        {
            return text;
        }

        Refuse(key, $"\"{text}\" is not {what}");
        return fallback;
    }

    public T OneOf<T>(string key, string fallback, IReadOnlyList<(string Name, T Value)> choices)
    {
        var text = Text(key, fallback);
        foreach (var (name, value) in choices)
        {
            if (name == text)
            {
                return value;
            }
        }

        var names = string.Join(", ", choices.Select(choice => choice.Name));
        Refuse(key, $"\"{text}\" is not one of {names}");
        return choices.First(choice => choice.Name == fallback).Value;
    }

    public int Number(string key, int fallback, int least, int most, string unit)
    {
        var text = Text(key, fallback.ToString(CultureInfo.InvariantCulture));
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        Refuse(key, string.Create(CultureInfo.InvariantCulture, $"\"{text}\" is not {least} to {most} {unit}"));
        return fallback;
    }
}
