using ReleaseTasks.Sandbox.Heroku.Saving;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>
/// The world behind one lock. After each change only what it left different is saved, as a line of a log; now and then the world is saved
/// whole, and the log begins anew.
/// </summary>
internal sealed class HerokuStore : IDisposable
{
    /// <summary>A log beyond this would make the next start slow.</summary>
    private const long LongLog = 16 * 1024 * 1024;

    private readonly StateFile<HerokuWorld> _whole;
    private readonly ChangeLog<WorldChange> _log;
    private readonly SandboxClock _clock;
    private readonly Lock _lock = new();
    private readonly HerokuWorld _world;
    private readonly ChangeFinder _changes;

    public HerokuStore(string directory, SandboxClock clock)
    {
        _whole = new StateFile<HerokuWorld>(Path.Combine(directory, "heroku.json"));
        _log = new ChangeLog<WorldChange>(Path.Combine(directory, "heroku.log"));
        _clock = clock;
        _world = _whole.Load();
        foreach (var change in _log.Read())
        {
            change.ApplyTo(_world);
        }

        _changes = new ChangeFinder(_world);
        SaveWhole(ifLongerThan: 0);
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
            _world.Apps.TakeTouched(); // by those who only looked
            var result = change(_world);
            Save();
            return result;
        }
    }

    public void Change(Action<HerokuWorld> change) => Change(world =>
    {
        change(world);
        return true;
    });

    public void Dispose()
    {
        lock (_lock)
        {
            SaveWhole(ifLongerThan: 0);
            _log.Dispose();
        }
    }

    private void Save()
    {
        if (_changes.Find() is { } difference)
        {
            _log.Append(difference);
            SaveWhole(ifLongerThan: LongLog);
        }

        if (_clock.Time.Speed != 1)
        {
            _clock.Save();
        }
    }

    // Killed in between, the next sandbox repeats the log's changes: they are in the world already, and that does no harm.
    private void SaveWhole(long ifLongerThan)
    {
        if (_log.Length > ifLongerThan)
        {
            _whole.Save(_world);
            _log.Clear();
        }
    }
}
