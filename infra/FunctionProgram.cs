using AlertHub.Lambda;
using FlowNames = FlowLogs.Names;

namespace Infra;

/// <summary>A program of functions/ that is published for Lambda: several functions, each told which of them it is.</summary>
/// <param name="Assembly">Name of its project and assembly.</param>
/// <param name="FunctionVariable">The environment variable that says which function of it this environment runs.</param>
/// <param name="Prefix">What its folders below artifacts/package begin with.</param>
internal sealed record FunctionProgram(string Assembly, string FunctionVariable, string Prefix)
{
    public static FunctionProgram Hub { get; } = new("AlertHub.Lambda", Names.FunctionVariable, "");

    public static FunctionProgram Guard { get; } =
        new("SecurityGroupGuard", SecurityGroupGuard.Names.FunctionVariable, "guard-");

    public static FunctionProgram FlowLogs { get; } = new("FlowLogs", FlowNames.FunctionVariable, "flowlogs-");

    /// <summary>
    /// What stays out of the zip file: symbols, documentation, and the executable that the SDK puts beside a portable
    /// assembly, which is the one file that depends on the machine.
    /// </summary>
    public string[] LeftOut => ["*.pdb", "*.dbg", "*.xml", Assembly];
}
