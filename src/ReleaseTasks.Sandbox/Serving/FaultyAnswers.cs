using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>Lets scripted misfortunes happen to requests: some before anything is done, some after it was done.</summary>
internal sealed class FaultyAnswers(SandboxParts parts, CancellationToken stopping)
{
    public async Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        var fault = parts.Faults.AreNone ? null : parts.Faults.Next($"{context.Request.Method} {context.Request.Path}");
        switch (fault?.Do)
        {
            case null:
                await next(context);
                break;
            case "answer":
                await AnswerAsync(context, fault);
                break;
            case "delay":
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds), parts.Clock, context.RequestAborted);
                await next(context);
                break;
            case "hang":
                await SayNothingAsync(context);
                break;
            case "refuse":
                context.Abort();
                break;
            case "cut-power-before":
                await CutPowerAsync(context);
                break;
            default:
                await SpoilAsync(context, await DoUnheardAsync(context, next), fault);
                break;
        }
    }

    private async Task SpoilAsync(HttpContext context, byte[] answer, Fault fault)
    {
        switch (fault.Do)
        {
            case "cut-power":
                await CutPowerAsync(context);
                break;
            case "answer-after":
                context.Response.Clear();
                await AnswerAsync(context, fault);
                break;
            case "drop":
                context.Abort();
                break;
            case "drop-body":
                context.Response.ContentLength = answer.Length;
                await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
                await context.Response.Body.FlushAsync();
                throw new BrokenOffException();
            default:
                var spoilt = Spoilt(answer, fault);
                context.Response.ContentLength = spoilt.Length;
                await context.Response.Body.WriteAsync(spoilt);
                break;
        }
    }

    /// <summary>Does what was asked; nothing of the answer reaches the client.</summary>
    private static async Task<byte[]> DoUnheardAsync(HttpContext context, RequestDelegate next)
    {
        var client = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = client;
        return answer.ToArray();
    }

    private static byte[] Spoilt(byte[] answer, Fault fault)
    {
        var json = answer.Length == 0 ? null : JsonNode.Parse(answer);
        foreach (var item in (json as JsonArray)?.ToList() ?? [json])
        {
            string[] path = fault.Field!.Split('.');
            if (path[..^1].Aggregate(item, (node, name) => (node as JsonObject)?[name]) is JsonObject owner)
            {
                Spoil(owner, path[^1], fault);
            }
        }

        return json is null ? answer : Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static void Spoil(JsonObject owner, string name, Fault fault)
    {
        if (fault.Do == "remove")
        {
            owner.Remove(name);
        }
        else
        {
            owner[name] = fault.Value?.DeepClone();
        }
    }

    private async Task CutPowerAsync(HttpContext context)
    {
        ClientProcess.Kill(parts.Options.ClientProcess is { } known ? [known] : ClientProcess.At(context.Connection));
        await SayNothingAsync(context);
    }

    /// <summary>Until the client leaves, dead or impatient, or the sandbox stops.</summary>
    private async Task SayNothingAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        context.Abort();
    }

    private static Task AnswerAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsJsonAsync(new { id = fault.Status == 429 ? "rate_limit" : "scripted_fault", message = "The sandbox was told to answer this." });
    }
}
