using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The world behind one lock, saved after every change.</summary>
internal sealed class HerokuStore
{
    private readonly StateFile<HerokuWorld> _file;
    private readonly SandboxClock _clock;
    private readonly Lock _lock = new();
    private readonly HerokuWorld _world;

    public HerokuStore(string directory, SandboxClock clock)
    {
        _file = new StateFile<HerokuWorld>(Path.Combine(directory, "heroku.json"));
        _clock = clock;
        _world = _file.Load();
    }

    /// <summary>Asks something of the world; the answer mustn't hold on to any of it.</summary>
    public T Read<T>(Func<HerokuWorld, T> question)
    {
        lock (_lock)
        {
            return question(_world);
        }
    }

    /// <summary>Changes the world and saves it. A change that is refused must be refused before it has changed anything.</summary>
    public T Change<T>(Func<HerokuWorld, T> change)
    {
        lock (_lock)
        {
            var result = change(_world);
            _file.Save(_world);
            if (_clock.Time.Speed != 1)
            {
                _clock.Save();
            }

            return result;
        }
    }

    public void Change(Action<HerokuWorld> change) => Change(world =>
    {
        change(world);
        return true;
    });
}
