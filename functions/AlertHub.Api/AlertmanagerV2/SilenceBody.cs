using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Matching;
using AlertHub.Muting;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>The body of <c>POST /api/v2/silences</c>.</summary>
/// <param name="Id">The silence to change; null for a new one.</param>
/// <param name="Request">What it is to be.</param>
internal sealed record SilenceBody(string? Id, SilenceRequest Request)
{
    /// <summary>What was posted, or null and why it is refused.</summary>
    public static SilenceBody? Read(ReadOnlySpan<byte> body, out Refusal? refusal)
    {
        using var document = JsonBody.Parse(body, "silence", out refusal);
        if (document is null)
        {
            return null;
        }

        var faults = new BodyFaults();
        var draft = Read(document.RootElement, faults);
        refusal = faults.Refusal ?? draft.Missing();
        if (refusal is not null)
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

    private static Draft Read(JsonElement silence, BodyFaults faults)
    {
        var draft = new Draft();
        foreach (var (name, value) in silence.Members("silence", faults))
        {
            switch (name)
            {
                case "id":
                    draft.Id = value.Text("id", faults) ?? draft.Id;
                    break;
                case "matchers":
                    draft.Matchers = ReadMatchers(value, faults);
                    break;
                case "startsat":
                    draft.StartsAt = value.Time("startsAt", faults);
                    break;
                case "endsat":
                    draft.EndsAt = value.Time("endsAt", faults);
                    break;
                case "createdby":
                    draft.CreatedBy = value.Text("createdBy", faults);
                    break;
                case "comment":
                    draft.Comment = value.Text("comment", faults);
                    break;
                case "annotations":
                    draft.Annotations = value.Labels(draft.Annotations, "annotations", faults);
                    break;
            }
        }

        return draft;
    }

    private static List<MatcherDraft>? ReadMatchers(JsonElement value, BodyFaults faults)
    {
        var matchers = new List<MatcherDraft>();
        foreach (var item in value.Items("matchers", faults))
        {
            var path = $"matchers.{matchers.Count}";
            var matcher = new MatcherDraft();
            foreach (var (name, member) in item.Members(path, faults))
            {
                switch (name)
                {
                    case "name":
                        matcher.Name = member.Text($"{path}.name", faults);
                        break;
                    case "value":
                        matcher.Value = member.Text($"{path}.value", faults);
                        break;
                    case "isregex":
                        matcher.IsRegex = member.Boolean($"{path}.isRegex", faults);
                        break;
                    case "isequal":
                        matcher.IsEqual = member.Boolean($"{path}.isEqual", faults);
                        break;
                }
            }

            matchers.Add(matcher);
        }

        return value.ValueKind == JsonValueKind.Null ? null : matchers;
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
