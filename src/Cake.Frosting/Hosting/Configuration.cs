using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

internal static class Configuration
{
    /// <summary>
    /// The host's settings, <c>CAKE_…</c> variables, <c>cake.config</c> in the working directory, arguments: a later one wins.
    /// </summary>
    public static ICakeConfiguration Read(IServiceProvider provider)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var reader = new CakeConfigurationProvider(provider.GetRequiredService<IFileSystem>(), environment);

        var settings = provider.GetServices<CakeSetting>().Select(setting => KeyValuePair.Create(setting.Key, setting.Value));
        var arguments = provider.GetRequiredService<ICakeArguments>().GetArguments();
        return reader.CreateConfiguration(
            environment.WorkingDirectory,
            settings,
            arguments.ToDictionary(argument => argument.Key, argument => argument.Value.LastOrDefault() ?? string.Empty));
    }
}
