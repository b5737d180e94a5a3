using AlertHub.Local;
using AlertHub.Local.Demo;

return await CommandLine.RunAsync(
    args,
    options => options.Demo ? DemoHost.RunAsync(options) : LocalHost.RunAsync(options)
);
