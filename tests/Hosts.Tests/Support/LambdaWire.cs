using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Support;

/// <summary>The Runtime API's bodies.</summary>
internal static class LambdaWire
{
    public static LambdaFailure Failure(this HttpContext http, byte[] body) =>
        new(http.Request.Headers["Lambda-Runtime-Function-Error-Type"].ToString(), Encoding.UTF8.GetString(body))
        {
            ContentType = http.Request.ContentType,
        };

    public static async Task<byte[]> ReadAsync(this HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }

    public static Task AcceptAsync(this HttpContext http) => WriteAsync(http, 202, """{"status":"OK"}""" + "\n");

    public static Task FailAsync(this HttpContext http, int status, string type, string message) =>
        WriteAsync(http, status, $"{{\"errorMessage\":\"{message}\",\"errorType\":\"{type}\"}}\n");

    private static async Task WriteAsync(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(json);
        await http.Response.WriteAsync(json, http.RequestAborted);
    }
}
