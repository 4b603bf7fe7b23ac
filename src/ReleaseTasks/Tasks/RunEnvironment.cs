using Cake.Core;
using Cake.Core.IO;

namespace ReleaseTasks.Tasks;

/// <summary>
/// The environment of a run: what leads to services leads to this run's, so in a sandbox run to the sandbox alone. A project's task that
/// uses Heroku's aliases then never reaches the real app by accident.
/// </summary>
/// <param name="inner">The process's own.</param>
/// <param name="services">The variables that lead to the sandbox, which this starts; null where the process's own count.</param>
internal sealed class RunEnvironment(ICakeEnvironment inner, Func<IReadOnlyDictionary<string, string>?> services) : ICakeEnvironment
{
    public DirectoryPath WorkingDirectory
    {
        get => inner.WorkingDirectory;
        set => inner.WorkingDirectory = value;
    }

    public DirectoryPath ApplicationRoot => inner.ApplicationRoot;

    public ICakePlatform Platform => inner.Platform;

    public ICakeRuntime Runtime => inner.Runtime;

    public DirectoryPath GetSpecialPath(SpecialPath path) => inner.GetSpecialPath(path);

    public string? GetEnvironmentVariable(string variable) =>
        Running.ServiceAccess.IsVariable(variable) && services() is { } sandbox
            ? sandbox.GetValueOrDefault(variable)
            : inner.GetEnvironmentVariable(variable);

    public IDictionary<string, string?> GetEnvironmentVariables()
    {
        var all = inner.GetEnvironmentVariables();
        if (services() is not { } sandbox)
        {
            return all;
        }

        var others = all.Where(variable => !Running.ServiceAccess.IsVariable(variable.Key) && !sandbox.ContainsKey(variable.Key));
        return others.Concat(sandbox.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value))).ToDictionary();
    }
}
