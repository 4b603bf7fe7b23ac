using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>Writes down each exchange of JSON, a line each, for whoever wants to see or to judge what was said. Off unless asked for.</summary>
internal sealed class Recorder
{
    /// <summary>Names a folder; every sandbox process adds a file of its own.</summary>
    public const string Variable = "SANDBOX_RECORD";

    private readonly Lock _lock = new();
    private readonly string _file;

    private Recorder(string folder) => _file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Guid.NewGuid()}.jsonl");

    /// <summary>Null where nobody asks for one.</summary>
    public static Recorder? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? new Recorder(folder) : null;

    /// <summary>Sees what the client has sent and what the services answer, before any scripted damage.</summary>
    public async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        var request = await ReadAsync(context.Request);
        var client = context.Response.Body;
        using var copy = new MemoryStream();
        await using var answer = new CopyingStream(client, copy);
        context.Response.Body = answer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = client;
        }

        var isJson = context.Response.ContentType?.Contains("json", StringComparison.Ordinal) ?? true;
        var (asked, headers) = (context.Request, context.Request.Headers);
        Write(new RecordedExchange(
            headers.UserAgent.ToString(), asked.Method, asked.Path, headers["Accept-Inclusion"].ToString(), context.Response.StatusCode, request, isJson ? Encoding.UTF8.GetString(copy.ToArray()) : ""));
    }

    private static async Task<string> ReadAsync(HttpRequest request)
    {
        if (!(request.ContentType?.Contains("json", StringComparison.Ordinal) ?? false))
        {
            return "";
        }

        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return text;
    }

    private void Write(RecordedExchange exchange)
    {
        lock (_lock)
        {
            File.AppendAllBytes(_file, [.. JsonSerializer.SerializeToUtf8Bytes(exchange), (byte)'\n']);
        }
    }
}
