using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>The scripted misfortunes: the same script and seed give the same night.</summary>
internal sealed class Faults
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[] Known = ["answer", "answer-after", "cut-power", "delay", "drop", "drop-body", "fail", "hang", "null", "remove"];

    private readonly Lock _lock = new();
    private readonly List<Scripted> _script;
    private readonly Random _random;
    private readonly SandboxOptions _options;
    private readonly TimeProvider _clock;

    public Faults(SandboxOptions options, TimeProvider clock)
    {
        (_options, _clock, _random) = (options, clock, new Random(options.Seed));
        _script = [.. options.Faults.Concat(Read(Path.Combine(options.Directory, "faults.json"))).Select(Checked)];
    }

    /// <summary>What happens now to a request such as <c>GET /apps/sushi</c> or to one of Heroku's works; mostly nothing.</summary>
    public Fault? Next(string what)
    {
        lock (_lock)
        {
            // Every one that matches counts the chance, so that each script reads by itself.
            return _script.FindAll(s => s.On.IsMatch(what)).FindAll(s => s.Strikes(_random)).ConvertAll(s => s.Fault).FirstOrDefault();
        }
    }

    public async Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        var fault = _script.Count == 0 ? null : Next($"{context.Request.Method} {context.Request.Path}");
        switch (fault?.Do)
        {
            case null:
                await next(context);
                break;
            case "answer":
                await AnswerAsync(context, fault);
                break;
            case "delay":
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds), _clock, context.RequestAborted);
                await next(context);
                break;
            case "hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, context.RequestAborted);
                break;
            case "drop":
                context.Abort();
                break;
            default:
                await AfterwardsAsync(context, next, fault);
                break;
        }
    }

    private async Task AfterwardsAsync(HttpContext context, RequestDelegate next, Fault fault)
    {
        var client = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = client;
        switch (fault.Do)
        {
            case "cut-power":
                Process.GetProcessById(_options.ClientProcess ?? Environment.ProcessId).Kill();
                context.Abort();
                break;
            case "answer-after":
                context.Response.Clear();
                await AnswerAsync(context, fault);
                break;
            case "drop-body":
                context.Response.ContentLength = answer.Length;
                await client.WriteAsync(answer.ToArray().AsMemory(0, (int)answer.Length / 2));
                await client.FlushAsync();
                context.Abort();
                break;
            default:
                await EditAsync(context, answer, fault);
                break;
        }
    }

    private static async Task EditAsync(HttpContext context, MemoryStream answer, Fault fault)
    {
        var json = JsonNode.Parse(answer.ToArray());
        foreach (var item in (json as JsonArray)?.OfType<JsonObject>() ?? [.. new[] { json }.OfType<JsonObject>()])
        {
            if (fault.Do == "remove")
            {
                item.Remove(fault.Field!);
            }
            else
            {
                item[fault.Field!] = null;
            }
        }

        var body = Encoding.UTF8.GetBytes(json?.ToJsonString() ?? "");
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
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

    private static List<Fault> Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<List<Fault>>(File.ReadAllText(file), Format) ?? [];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} can't be read: {e.Message}", e);
        }
    }

    private static Scripted Checked(Fault fault) =>
        !Known.Contains(fault.Do) || (fault.Do is "remove" or "null" && fault.Field is null)
            ? throw new InvalidDataException($"The fault '{fault.Do}' on '{fault.On}' can't be done. Known: {string.Join(", ", Known)}; remove and null need a field.")
            : new Scripted(fault, Pattern(fault.On));

    private static Regex Pattern(string on)
    {
        var pattern = Regex.Escape(on).Replace("\\*", "[^/]+", StringComparison.Ordinal);
        return new Regex($"^{(pattern.EndsWith("[^/]+", StringComparison.Ordinal) ? pattern[..^"[^/]+".Length] + ".+" : pattern)}$", RegexOptions.CultureInvariant);
    }

    private sealed record Scripted(Fault Fault, Regex On)
    {
        private int _seen;
        private int _struck;

        public bool Strikes(Random random)
        {
            if (_seen++ < Fault.After || _struck >= Fault.Times || random.NextDouble() >= Fault.Chance)
            {
                return false;
            }

            _struck++;
            return true;
        }
    }
}
