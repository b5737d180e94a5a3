using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertHub.Api;

/// <summary>Alertmanager's two questions: does the process live, and would it take an alert now.</summary>
public static class Health
{
    /// <summary><paramref name="ready"/> completes where a message could be stored now.</summary>
    public static void Map(IEndpointRouteBuilder routes, Func<CancellationToken, Task> ready)
    {
        Map("/-/healthy", static context => Exchange.AnswerAsync(context, StatusCodes.Status200OK, "OK"));
        Map("/-/ready", ReadyAsync);

        void Map(string path, RequestDelegate answer) =>
            routes.Map(path, Exchange.Only(answer, HttpMethods.Get, HttpMethods.Head)).WithDisplayName(path);

        async Task ReadyAsync(HttpContext context)
        {
            try
            {
                await ready(context.RequestAborted);
                await Exchange.AnswerAsync(context, StatusCodes.Status200OK, "OK");
            }
            catch (StorageUnavailableException e)
            {
                await Exchange.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, $"Not ready: {e.Message}");
            }
        }
    }
}
