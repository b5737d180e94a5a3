using System.Text.Json;
using Amazon.AwsJson;
using Amazon.CloudWatch.Model;

namespace Amazon.CloudWatch;

/// <summary>PutMetricData and GetMetricWidgetImage.</summary>
internal static class MetricJson
{
    public static byte[] Write(GetMetricWidgetImageRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("MetricWidget", request.MetricWidget);
            writer.WriteOptional("OutputFormat", request.OutputFormat);
        });

    public static byte[] Write(PutMetricDataRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("Namespace", request.Namespace);
            writer.WriteOptional("MetricData", request.MetricData, Write);
        });

    public static GetMetricWidgetImageResponse ReadImage(JsonElement root) =>
        new()
        {
            MetricWidgetImage = root.Optional("MetricWidgetImage") is { } image
                ? new MemoryStream(image.GetBytesFromBase64())
                : null,
        };

    private static void Write(Utf8JsonWriter writer, MetricDatum datum)
    {
        writer.WriteStartObject();
        writer.WriteOptional("MetricName", datum.MetricName);
        writer.WriteOptional("Dimensions", datum.Dimensions, Write);
        writer.WriteOptional("Timestamp", datum.Timestamp);
        writer.WriteOptional("Value", datum.Value);
        writer.WriteOptional("Values", datum.Values, static (writer, value) => writer.WriteNumberValue(value));
        writer.WriteOptional("Counts", datum.Counts, static (writer, count) => writer.WriteNumberValue(count));
        writer.WriteOptional("Unit", datum.Unit?.Value);
        writer.WriteOptional("StorageResolution", datum.StorageResolution);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Dimension dimension)
    {
        writer.WriteStartObject();
        writer.WriteOptional("Name", dimension.Name);
        writer.WriteOptional("Value", dimension.Value);
        writer.WriteEndObject();
    }
}
