namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>A test in which the official CLI is the only client: each has a world of its own.</summary>
public abstract class CliTest
{
    private CliHost? _heroku;

    internal CliHost Heroku => _heroku!;

    [SetUp]
    public async Task Start() => _heroku = await CliHost.StartAsync();

    [TearDown]
    public async Task Stop()
    {
        if (_heroku is not null)
        {
            await _heroku.DisposeAsync();
        }
    }
}
