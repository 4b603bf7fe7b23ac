using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>The source of an app with <c>web</c> and <c>clock</c>, and no release phase.</summary>
internal static class Sources
{
    /// <summary>Uploads it and has it built for <c>sushi</c>.</summary>
    /// <returns>The build as Heroku answers, which is still under way.</returns>
    public static async Task<JsonNode> BuildAsync(this HerokuHost host, string version)
    {
        var source = (await (await host.Jim.SendAsync("POST", "/sources")).JsonAsync())!["source_blob"]!;
        using var anonymous = new HttpClient();
        (await anonymous.PutAsync(source["put_url"]!.GetValue<string>(), new ByteArrayContent(Tarball("zupo-sushi-1234567/")))).EnsureSuccessStatusCode();
        var url = source["get_url"]!.GetValue<string>();
        return (await (await host.Jim.SendAsync("POST", "/apps/sushi/builds", new { source_blob = new { url, version } })).JsonAsync())!;
    }

    private static byte[] Tarball(string folder)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{folder}Procfile")
            {
                DataStream = new MemoryStream("web: serve\n# a comment\nclock: tick --every 1s\n"u8.ToArray()),
            });
        }

        return bytes.ToArray();
    }
}
