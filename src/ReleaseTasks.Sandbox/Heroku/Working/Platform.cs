using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>What the parts of the Heroku stand-in share.</summary>
internal sealed class Platform : IAsyncDisposable
{
    public Platform(SandboxParts parts)
    {
        Parts = parts;
        Store = new HerokuStore(parts.Directory, parts.Clock);
        Background = new Background(parts.Troubles);
        Streams = new OutputStreams(Path.Combine(parts.Directory, "streams"));
        Fleet = new Fleet(this);
        Lifecycle = new DynoLifecycle(this);
        OneOffs = new OneOffs(this);
        Releasing = new Releasing(this);
        Provisioning = new Provisioning(this);
        Attaching = new Attaching(this);
        Builder = new Builder(this);
        Transferring = new Transferring(this);
        Rendezvous = new Rendezvous(parts.Directory, parts.Options.Machine);
    }

    public SandboxParts Parts { get; }

    public HerokuStore Store { get; }

    public Background Background { get; }

    public OutputStreams Streams { get; }

    public Fleet Fleet { get; }

    public DynoLifecycle Lifecycle { get; }

    public OneOffs OneOffs { get; }

    public Releasing Releasing { get; }

    public Provisioning Provisioning { get; }

    public Attaching Attaching { get; }

    public Builder Builder { get; }

    public Transferring Transferring { get; }

    public Rendezvous Rendezvous { get; }

    public DateTimeOffset Now => Parts.Clock.GetUtcNow();

    public string SlugDirectory(Slug slug) => Path.Combine(Parts.Directory, "slugs", slug.Id.ToString());

    public Uri UrlOf(string path) => new(Parts.Address, path);

    /// <summary>A line of the app's log by the platform: <c>heroku[process]</c>, or <c>app[api]</c> for what someone did.</summary>
    public void Log(App app, string source, string process, string text) => Parts.Logs.Write(app.Name, source, process, text);

    public async ValueTask DisposeAsync()
    {
        await Background.DisposeAsync();
        await Fleet.DisposeAsync();
        Builder.Dispose();
        Transferring.Dispose();
        Rendezvous.Dispose();
        Store.Dispose();
    }
}
