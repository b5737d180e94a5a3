using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Benchmarks.FlowLogs;

/// <summary>One core, and how many records that is a second.</summary>
internal sealed class RecordColumns : ManualConfig
{
    public RecordColumns()
    {
        // .NET compiles what runs often a second time, when the one core has a moment.
        AddJob(Job.ShortRun.WithWarmupCount(12).WithAffinity(1 << (Environment.ProcessorCount - 1)));
        AddColumn(new PerSecond());
    }

    private sealed class PerSecond : IColumn
    {
        public string Id => nameof(PerSecond);

        public string ColumnName => "Records/s";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Records a second by the mean";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            summary[benchmarkCase]?.ResultStatistics is { Mean: var nanoseconds }
                ? (1e9 / nanoseconds).ToString("N0", CultureInfo.InvariantCulture)
                : "";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
            GetValue(summary, benchmarkCase);
    }
}
