using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Git over HTTP for one bare repository, by git's own <c>http-backend</c>.</summary>
internal static class GitHttp
{
    /// <summary>Answers one request of a clone, fetch or push.</summary>
    /// <param name="http">Whoever may do what has been checked already.</param>
    /// <param name="gitDirectory">The bare repository.</param>
    /// <param name="rest">The path below it: <c>info/refs</c>, <c>git-upload-pack</c>, <c>git-receive-pack</c> …</param>
    /// <param name="user">Who pushes.</param>
    /// <returns>What git wrote to its error stream.</returns>
    public static async Task<string> ServeAsync(HttpContext http, string gitDirectory, string rest, string user)
    {
        var ct = http.RequestAborted;
        using var git = OwnSession.Start(Describe(http.Request, gitDirectory, rest, user));
        await using var stop = ct.Register(static process => Stop((Process)process!), git);
        var errors = git.StandardError.ReadToEndAsync(CancellationToken.None);
        var sending = SendAsync(http.Request.Body, git.StandardInput.BaseStream, ct);
        await AnswerAsync(http.Response, git.StandardOutput.BaseStream, ct);
        await sending;
        await git.WaitForExitAsync(ct);
        return await errors;
    }

    private static ProcessStartInfo Describe(HttpRequest request, string gitDirectory, string rest, string user)
    {
        var start = new Git(gitDirectory).StartInfo(["http-backend"]);
        start.Environment.Remove("GIT_DIR"); // the backend finds the repository by its path
        start.Environment["GIT_PROJECT_ROOT"] = Path.GetDirectoryName(gitDirectory);
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = $"/{Path.GetFileName(gitDirectory)}/{rest}";
        start.Environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "";
        start.Environment["REQUEST_METHOD"] = request.Method;
        start.Environment["CONTENT_TYPE"] = request.ContentType ?? "";
        start.Environment["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString();
        start.Environment["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString();
        start.Environment["REMOTE_USER"] = user;
        start.Environment["REMOTE_ADDR"] = "127.0.0.1";
        return start;
    }

    private static async Task SendAsync(Stream body, Stream input, CancellationToken ct)
    {
        try
        {
            await body.CopyToAsync(input, ct);
        }
        catch (IOException)
        {
            // The backend had read enough: what it makes of that stands in its answer.
        }
        finally
        {
            input.Close();
        }
    }

    private static async Task AnswerAsync(HttpResponse response, Stream output, CancellationToken ct)
    {
        while (await ReadLineAsync(output, ct) is { Length: > 0 } line)
        {
            var (name, value) = (line.Split(':', 2)[0], line.Split(':', 2)[1].Trim());
            if (name.Equals("Status", StringComparison.OrdinalIgnoreCase))
            {
                response.StatusCode = int.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
            }
            else
            {
                response.Headers[name] = value;
            }
        }

        await output.CopyToAsync(response.Body, ct);
    }

    private static async Task<string> ReadLineAsync(Stream output, CancellationToken ct)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await output.ReadAsync(one, ct) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
