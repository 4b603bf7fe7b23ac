using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>A source's gzipped tar.</summary>
internal static class SourceArchive
{
    /// <summary>Unpacks into a new directory. A single top-level folder, as GitHub's archives have it, is left out.</summary>
    /// <exception cref="InvalidDataException">It isn't a gzipped tar, or wants to write elsewhere.</exception>
    public static async Task UnpackAsync(string file, string directory, CancellationToken ct)
    {
        var unpacked = directory + ".unpacking";
        Directory.CreateDirectory(unpacked);
        try
        {
            await ExtractAsync(file, unpacked, ct);
            var root = Directory.GetFileSystemEntries(unpacked) is [var only] && Directory.Exists(only) ? only : unpacked;
            Directory.Move(root, directory);
        }
        finally
        {
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }
    }

    /// <summary>Whether the file is the one that was announced as <c>SHA256:hex</c>.</summary>
    public static async Task<bool> MatchesAsync(string file, string checksum, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
        return checksum.Equals($"SHA256:{actual}", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task ExtractAsync(string file, string directory, CancellationToken ct)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            await using var tar = new GZipStream(stream, CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(tar, directory, overwriteFiles: true, ct);
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw new InvalidDataException($"The source isn't a gzipped tar: {e.Message}", e);
        }
    }
}
