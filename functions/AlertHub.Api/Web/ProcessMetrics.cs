using System.Diagnostics;
using System.Globalization;
using AlertHub.Metrics;

namespace AlertHub.Api.Web;

/// <summary>What the system knows of this process, by the names that Prometheus's clients give it.</summary>
internal sealed class ProcessMetrics(MetricRegistry registry)
{
    private readonly Counter processor = registry.Counter(
        "process_cpu_seconds_total",
        "Processor time, of the process and of the system for it."
    );
    private readonly Gauge resident = registry.Gauge("process_resident_memory_bytes", "Memory in use.");
    private readonly Gauge reserved = registry.Gauge("process_virtual_memory_bytes", "Memory reserved.");
    private readonly Gauge started = registry.Gauge("process_start_time_seconds", "When the process started.");
    private readonly Gauge threads = registry.Gauge("process_threads", "Threads.");

    private readonly Gauge? open = Directory.Exists(Descriptors)
        ? registry.Gauge("process_open_fds", "Open files and sockets.")
        : null;
    private readonly Gauge? most = File.Exists(Limits)
        ? registry.Gauge("process_max_fds", "How many files and sockets may be open.")
        : null;

    private const string Descriptors = "/proc/self/fd";
    private const string Limits = "/proc/self/limits";

    public void Refresh()
    {
        using var process = Process.GetCurrentProcess();
        processor.RaiseTo(process.TotalProcessorTime.TotalSeconds);
        resident.Set(process.WorkingSet64);
        reserved.Set(process.VirtualMemorySize64);
        started.Set(new DateTimeOffset(process.StartTime));
        threads.Set(process.Threads.Count);
        most?.Set(MostDescriptors());
        open?.Set(Directory.EnumerateFileSystemEntries(Descriptors).Count());
    }

    /// <summary>Infinity where the system says "unlimited".</summary>
    private static double MostDescriptors() =>
        File.ReadLines(Limits).FirstOrDefault(static l => l.StartsWith("Max open files", StringComparison.Ordinal))
            is { } line
        && double.TryParse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3],
            CultureInfo.InvariantCulture,
            out var limit
        )
            ? limit
            : double.PositiveInfinity;
}
