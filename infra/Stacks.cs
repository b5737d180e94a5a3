using Constructs;

namespace Infra;

/// <summary>All that can be deployed.</summary>
internal static class Stacks
{
    public const string MonitoredApp = "MonitoredApp";
    public const string Data = "AlertHubData";
    public const string Hub = "AlertHub";
    public const string Watch = "AlertHubWatch";

    // Not AlertHub...: who deploys 'AlertHub*' deploys neither a guard nor flow logs.
    public const string GuardData = "SecurityGroupGuardData";
    public const string Guard = "SecurityGroupGuard";
    public const string GuardMember = "SecurityGroupGuardMember";

    public const string FlowLogsData = "FlowLogsData";
    public const string FlowLogs = "FlowLogs";

    /// <summary>Which programs the stacks of a deployment run.</summary>
    public static IReadOnlyList<FunctionProgram> Programs(Deployment deployment)
    {
        if (deployment.Guard.Part == GuardPart.Member)
        {
            return [];
        }

        List<FunctionProgram> programs = [FunctionProgram.Hub];
        if (deployment.Guard.Part == GuardPart.Guard)
        {
            programs.Add(FunctionProgram.Guard);
        }

        if (deployment.FlowLogs.Wanted)
        {
            programs.Add(FunctionProgram.FlowLogs);
        }

        return programs;
    }

    /// <param name="app">The app.</param>
    /// <param name="deployment">What was chosen.</param>
    /// <param name="packages">Its <see cref="Programs"/>, published.</param>
    public static void Add(Construct app, Deployment deployment, IReadOnlyList<FunctionPackage> packages)
    {
        var suffix = deployment.Hub.Suffix;
        // In an account that is a member's there is no hub to be deployed by mistake.
        if (deployment.Guard.Part == GuardPart.Member)
        {
            _ = new SecurityGroupGuardMemberStack(app, GuardMember + suffix, deployment);
            return;
        }

        var program = Package(FunctionProgram.Hub);
        _ = new MonitoredAppStack(app, MonitoredApp, deployment, program);
        var data = new DataStack(app, Data + suffix, deployment.Hub);
        var hub = new HubStack(app, Hub + suffix, deployment, program, data);
        var watch = new WatchStack(app, Watch + suffix, deployment, data, hub);
        if (deployment.Guard.Part == GuardPart.Guard)
        {
            var baselines = new SecurityGroupGuardDataStack(app, GuardData + suffix, deployment.Hub);
            _ = new SecurityGroupGuardStack(
                app,
                Guard + suffix,
                deployment,
                Package(FunctionProgram.Guard),
                baselines,
                hub,
                watch
            );
        }

        if (deployment.FlowLogs.Wanted)
        {
            var kept = new FlowLogsDataStack(app, FlowLogsData + suffix, deployment);
            _ = new FlowLogsStack(
                app,
                FlowLogs + suffix,
                deployment,
                Package(FunctionProgram.FlowLogs),
                kept,
                hub,
                watch
            );
        }

        FunctionPackage Package(FunctionProgram program) => packages.Single(package => package.Program == program);
    }
}
