using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.FlowLogs;

// dotnet run -c Release --project tests/Benchmarks -- functions [rounds]
// dotnet run -c Release --project tests/Benchmarks -- language [rounds]
// dotnet run -c Release --project tests/Benchmarks -- engine [rounds]
// dotnet run -c Release --project tests/Benchmarks -- store [rounds]
// dotnet run -c Release --project tests/Benchmarks -- flow-logs [rounds]
// dotnet run -c Release --project tests/Benchmarks -- flow-logs functions [rounds [name]]
// dotnet run -c Release --project tests/Benchmarks -- flow-logs stages [rounds [name]]
// dotnet run -c Release --project tests/Benchmarks -- <BenchmarkDotNet's arguments>
if (args is ["functions", .. var rest])
{
    await FunctionsSideBySide.RunAsync(rest is [var rounds] ? int.Parse(rounds, null) : 15);
    return;
}

if (args is ["language", .. var more])
{
    await LanguageSideBySide.RunAsync(more is [var rounds] ? int.Parse(rounds, null) : 15);
    return;
}

if (args is ["engine", .. var others])
{
    await EngineSideBySide.RunAsync(others is [var rounds] ? int.Parse(rounds, null) : 5);
    return;
}

if (args is ["store", "open", var folder])
{
    await StoreLoad.OpenAsync(folder);
    return;
}

if (args is ["store", .. var times])
{
    await StoreLoad.RunAsync(times is [var rounds] ? int.Parse(rounds, null) : 3);
    return;
}

if (args is ["flow-logs"] or ["flow-logs", [>= '0' and <= '9', ..]])
{
    await StageTable.RunPinnedAsync();
    await FlowLogsSideBySide.RunAsync(args is [_, var rounds] ? int.Parse(rounds, null) : 5, "");
    return;
}

if (args is ["flow-logs", "functions", .. var turns])
{
    await FlowLogsSideBySide.RunAsync(
        turns is [var rounds, ..] ? int.Parse(rounds, null) : 5,
        turns is [_, var only] ? only : ""
    );
    return;
}

if (args is ["flow-logs", "stages", .. var repeats])
{
    await StageTable.RunAsync(
        repeats is [var rounds, ..] ? int.Parse(rounds, null) : 15,
        repeats is [_, var only] ? only : ""
    );
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(SourceBenchmarks).Assembly).Run(args);
