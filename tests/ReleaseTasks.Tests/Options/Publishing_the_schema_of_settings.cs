using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ReleaseTasks.Options;

namespace ReleaseTasks.Tests.Options;

public sealed class Publishing_the_schema_of_settings
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    [Test]
    public void Keeps_docs_up_to_date()
    {
        var published = Path.Combine(Repository(), "docs", "release.schema.json");
        var schema = Schema();

        Assert.That(File.ReadAllText(published), Is.EqualTo(schema), $"docs/release.schema.json has to be:\n{schema}");
    }

    private static string Schema()
    {
        var schema = (JsonObject)Format.GetJsonSchemaAsNode(typeof(ReleaseOptions), new() { TreatNullObliviousAsNonNullable = true });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "release.json");
        schema["properties"]!["$schema"] = new JsonObject { ["type"] = "string" };
        schema["required"] = new JsonArray("app", "repository", "leadingDevelopers");
        return schema.ToJsonString(Format) + "\n";
    }

    private static string Repository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "ReleaseTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests don't run inside the repository.");
        }

        return folder;
    }
}
