using Cake.Frosting;
using Elsewhere;
using Fixture;

return CakeHost.Create()
    .AddAssembly(typeof(Fetch).Assembly)
    .UseContext<ProgramContext>()
    .UseLifetime<ProgramLifetime>()
    .UseTaskLifetime<ProgramTaskLifetime>()
    .UseCakeSetting("Settings_Greeting", "hello from the host")
    .SetToolPath("./tools")
    .Run(args);
