using System.Text;

namespace Benchmarks;

/// <summary>A configuration as a large company has it: services of teams with a route and a receiver each.</summary>
internal static class GeneratedConfiguration
{
    private const int LinesOfAService = 12;

    public static string OfLines(int lines)
    {
        var services = lines / LinesOfAService;
        var text = new StringBuilder(
            """
            global:
              slack_api_url: https://hooks.slack.com/services/T0/B0/secret
              smtp_smarthost: mail.example.com:587
              smtp_from: alerts@example.com
            route:
              receiver: fallback
              group_by: [alertname, cluster]
              routes:

            """
        );
        for (var i = 0; i < services; i++)
        {
            text.Append(
                null,
                $$"""
                    - matchers:
                        - service="service-{{i}}"
                        - severity=~"page|warning"
                      receiver: team-{{i}}
                      group_wait: 15s
                      continue: false

                """
            );
        }

        text.Append(
            """
            receivers:
              - name: fallback

            """
        );
        for (var i = 0; i < services; i++)
        {
            text.Append(
                null,
                $$$$"""
                  - name: team-{{{{i}}}}
                    slack_configs:
                      - channel: '#team-{{{{i}}}}'
                        title: '{{ .CommonLabels.alertname }} in {{ .CommonLabels.cluster }}'
                        send_resolved: true
                        short_fields: true

                """
            );
        }

        return text.ToString();
    }
}
