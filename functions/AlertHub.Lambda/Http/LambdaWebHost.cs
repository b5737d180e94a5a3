using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertHub.Lambda.Http;

/// <summary>An application on <see cref="LambdaServer"/>: routes, and nothing that reads the environment or appsettings.</summary>
internal static class LambdaWebHost
{
    /// <param name="server">Answers for it once it is started.</param>
    /// <param name="logs">Where it logs to; nowhere where null.</param>
    public static WebApplication Create(LambdaServer server, ILoggerFactory? logs = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "AlertHub" });
        builder.Services.AddSingleton<IServer>(server);
        builder.Services.AddSingleton<IHostLifetime>(new LifetimeOfProcess());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(logs ?? NullLoggerFactory.Instance);
        return builder.Build();
    }

    /// <summary>The platform's own waits for signals, and would keep the process from ending by one.</summary>
    private sealed class LifetimeOfProcess : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
