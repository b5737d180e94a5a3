using AlertHub.Alerts;
using AlertHub.Matching;
using AlertHub.Muting;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>The body of <c>POST /api/v2/silences</c>.</summary>
/// <param name="Id">The silence to change; null for a new one.</param>
/// <param name="Request">What it is to be.</param>
internal sealed record SilenceBody(string? Id, SilenceRequest Request)
{
    private static readonly string[] Names =
    [
        "id",
        "matchers",
        "startsAt",
        "endsAt",
        "createdBy",
        "comment",
        "annotations",
    ];

    private static readonly string[] MatcherNames = ["name", "value", "isRegex", "isEqual"];

    /// <summary>What was posted, or null and why it is refused.</summary>
    /// <param name="body">All of it.</param>
    /// <param name="shared">For what silences have in common.</param>
    /// <param name="refusal">Null where it can be read.</param>
    public static SilenceBody? Read(ReadOnlySpan<byte> body, SharedTexts shared, out Refusal? refusal)
    {
        var draft = GoJsonReader.Read(body, "silence", shared, ReadDraft, out refusal);
        refusal ??= draft?.Missing();
        if (draft is null || refusal is not null)
        {
            return null;
        }

        var matchers = new List<Matcher>();
        foreach (var matcher in draft.Matchers ?? [])
        {
            if (matcher.ToMatcher(out var objection) is not { } one)
            {
                refusal = Refusal.Invalid($"matchers.{matchers.Count}: {objection}");
                return null;
            }

            matchers.Add(one);
        }

        return new(
            string.IsNullOrEmpty(draft.Id) ? null : draft.Id,
            new()
            {
                Matchers = matchers,
                StartsAt = draft.StartsAt,
                EndsAt = draft.EndsAt ?? default,
                CreatedBy = draft.CreatedBy ?? "",
                Comment = draft.Comment ?? "",
                Annotations = Labels.Of(draft.Annotations ?? []),
            }
        );
    }

    private static Draft ReadDraft(ref GoJsonReader json)
    {
        var draft = new Draft();
        if (!json.BeginObject("silence"))
        {
            return draft;
        }

        while (json.NextMember(Names) is { } name)
        {
            switch (name)
            {
                case "id":
                    draft.Id = json.Text(name) ?? draft.Id;
                    break;
                case "matchers":
                    draft.Matchers = ReadMatchers(ref json);
                    break;
                case "startsAt":
                    draft.StartsAt = json.Time(name);
                    break;
                case "endsAt":
                    draft.EndsAt = json.Time(name);
                    break;
                case "createdBy":
                    draft.CreatedBy = json.Text(name);
                    break;
                case "comment":
                    draft.Comment = json.Text(name);
                    break;
                case "annotations":
                    draft.Annotations = json.Labels(draft.Annotations, [], name);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return draft;
    }

    private static List<MatcherDraft>? ReadMatchers(ref GoJsonReader json)
    {
        if (json.IsNull)
        {
            return null;
        }

        var matchers = new List<MatcherDraft>();
        if (!json.BeginArray("matchers"))
        {
            return matchers;
        }

        while (json.NextItem())
        {
            matchers.Add(ReadMatcher(ref json, $"matchers.{matchers.Count}"));
        }

        return matchers;
    }

    private static MatcherDraft ReadMatcher(ref GoJsonReader json, string path)
    {
        var matcher = new MatcherDraft();
        if (!json.BeginObject(path))
        {
            return matcher;
        }

        while (json.NextMember(MatcherNames) is { } name)
        {
            var place = $"{path}.{name}";
            switch (name)
            {
                case "name":
                    matcher.Name = json.Text(place);
                    break;
                case "value":
                    matcher.Value = json.Text(place);
                    break;
                case "isRegex":
                    matcher.IsRegex = json.Boolean(place);
                    break;
                case "isEqual":
                    matcher.IsEqual = json.Boolean(place);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return matcher;
    }

    /// <summary>While it is read: null is what nobody said.</summary>
    private sealed class Draft
    {
        public string? Id { get; set; }
        public List<MatcherDraft>? Matchers { get; set; }
        public DateTimeOffset? StartsAt { get; set; }
        public DateTimeOffset? EndsAt { get; set; }
        public string? CreatedBy { get; set; }
        public string? Comment { get; set; }
        public List<Label>? Annotations { get; set; }

        /// <summary>In the order in which Alertmanager looks: by name.</summary>
        public Refusal? Missing() =>
            Comment is null ? Refusal.Required("comment")
            : CreatedBy is null ? Refusal.Required("createdBy")
            : EndsAt is null ? Refusal.Required("endsAt")
            : Matchers is null ? Refusal.Required("matchers")
            : Matchers.Count == 0 ? Refusal.Empty("matchers")
            : Matchers.Select((matcher, i) => matcher.Missing($"matchers.{i}")).FirstOrDefault(r => r is not null)
                ?? (StartsAt is null ? Refusal.Required("startsAt") : null);
    }

    private sealed class MatcherDraft
    {
        public string? Name { get; set; }
        public string? Value { get; set; }
        public bool? IsRegex { get; set; }
        public bool? IsEqual { get; set; }

        public Refusal? Missing(string path) =>
            IsRegex is null ? Refusal.Required($"{path}.isRegex")
            : Name is null ? Refusal.Required($"{path}.name")
            : Value is null ? Refusal.Required($"{path}.value")
            : null;

        public Matcher? ToMatcher(out string? objection) =>
            Matcher.Create(
                Name ?? "",
                (IsEqual ?? true, IsRegex) switch
                {
                    (true, true) => MatchOperator.Regex,
                    (false, true) => MatchOperator.NotRegex,
                    (true, _) => MatchOperator.Equal,
                    _ => MatchOperator.NotEqual,
                },
                Value ?? "",
                out objection
            );
    }
}
