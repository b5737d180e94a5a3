using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlertHub.Api;

/// <summary><c>POST /-/reload</c>.</summary>
public static class Reload
{
    /// <param name="routes">Where it is mapped.</param>
    /// <param name="admission">Which browsers may ask for it.</param>
    /// <param name="reload">Reads the configuration again; null, or why the former one stays in force.</param>
    public static void Map(
        IEndpointRouteBuilder routes,
        Admission admission,
        Func<CancellationToken, Task<string?>> reload
    )
    {
        routes.Map("/-/reload", Exchange.Only(AnswerAsync, HttpMethods.Post)).WithDisplayName("/-/reload");

        async Task AnswerAsync(HttpContext context)
        {
            if (admission.Objection(context.Request) is { } objection)
            {
                await Exchange.AnswerAsync(context, StatusCodes.Status403Forbidden, $"Refused: {objection}.");
            }
            else if (await reload(context.RequestAborted) is { } problem)
            {
                await Exchange.AnswerAsync(
                    context,
                    StatusCodes.Status500InternalServerError,
                    $"failed to reload config: {problem}"
                );
            }
        }
    }
}
