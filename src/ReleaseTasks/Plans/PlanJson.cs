using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReleaseTasks.Plans;

/// <summary>A plan and its problems for machines. The schema is <c>docs/plan.schema.json</c>; values of config vars aren't part of it.</summary>
public static class PlanJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The result of <c>CheckPlan --format=json</c>.</summary>
    /// <param name="plan">The plan, as far as it could be read.</param>
    /// <param name="problems">What the reading and the lint found.</param>
    /// <param name="source">A file's path or <c>#123</c>.</param>
    public static string Write(RolloutPlan plan, IEnumerable<PlanProblem> problems, string source)
    {
        PlanProblem[] all = [.. problems];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            json.WriteBoolean("accepted", all.All(problem => problem.Severity != PlanSeverity.Error));
            json.WritePropertyName("plan");
            Write(json, plan);
            json.WriteStartArray("problems");
            Array.ForEach(all, problem => Write(json, problem));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, RolloutPlan plan)
    {
        json.WriteStartObject();
        foreach (var part in Enum.GetValues<PlanPart>())
        {
            json.WriteStartArray(Name(part));
            foreach (var fact in plan.Facts.Of(part))
            {
                json.WriteStringValue(PlanSecrets.Masked(fact));
            }

            foreach (var step in plan.StepsOf(part))
            {
                Write(json, step);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("none");
        foreach (var part in plan.Facts.None)
        {
            json.WriteStringValue(Name(part));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlannedStep step)
    {
        json.WriteStartObject();
        json.WriteString("kind", step.Work.Kind);
        foreach (var (name, value) in Arguments(step.Work))
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteString("title", PlanSecrets.Masked(step.Title));
        json.WriteBoolean("ticked", step.Ticked);
        json.WriteNumber("line", step.Line);
        json.WriteNumber("column", step.Column);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlanProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("severity", problem.Severity.ToString().ToLowerInvariant());
        json.WriteNumber("line", problem.Line);
        json.WriteNumber("column", problem.Column);
        json.WriteString("what", problem.What);
        json.WriteString("instead", problem.Instead);
        json.WriteEndObject();
    }

    private static string Name(PlanPart part) => JsonNamingPolicy.CamelCase.ConvertName(part.ToString());

    /// <summary>What a kind says beyond its name; nothing where the author left it open.</summary>
    private static IEnumerable<(string Name, object Value)> Arguments(Work work)
    {
        (string, object?)[] arguments = work switch
        {
            Work.BackUpConfigVar step => [("name", step.Name)],
            Work.BackUpDatabase step => [("database", step.Database)],
            Work.CreateRollbackDatabase step => [("plan", step.Plan), ("rollback", step.Source), ("to", step.To)],
            Work.NotifyUsers step => [("message", step.Message is { } message ? PlanSecrets.Masked(message) : null)],
            Work.MergePullRequest step => [("number", step.Number)],
            Work.SetConfigVar step => [("name", step.Name), ("length", step.Value.Length)],
            Work.UnsetConfigVar step => [("name", step.Name)],
            Work.RestoreConfigVar step => [("name", step.Name)],
            Work.Deploy step => [("expectedSeconds", step.Expected?.TotalSeconds)],
            Work.RunCommand step => [("arguments", step.Arguments.Select(PlanSecrets.Masked).ToArray())],
            Work.AlembicUpgrade step => [("revision", step.Revision)],
            Work.AlembicDowngrade step => [("revision", step.Revision)],
            Work.Scale step => [("processType", step.ProcessType), ("quantity", step.Quantity)],
            Work.Restart step => [("dyno", step.Dyno)],
            Work.PromoteDatabase step => [("database", step.Database)],
            Work.RollBackRelease step => [("version", step.Version)],
            Work.DestroyAddon step => [("addon", step.Addon), ("later", step.Later), ("afterSeconds", step.After?.TotalSeconds)],
            Work.SmokeTest step => [("url", step.Url.AbsoluteUri)],
            Work.RunProjectTask step => [("task", step.Task)],
            Work.Manual step => [("warning", step.Warning)],
            _ => [],
        };
        return from argument in arguments.Append(("app", work.App))
               where argument.Item2 is not null
               select (argument.Item1, argument.Item2!);
    }
}
