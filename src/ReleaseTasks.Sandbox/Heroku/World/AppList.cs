using System.Collections;

namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>
/// The apps of a world. It knows which of them were handed out, since only those can have changed: saving a thousand because one has
/// a new release would take longer than everything else.
/// </summary>
internal sealed class AppList : ICollection<App>
{
    private readonly List<App> _apps = [];
    private readonly HashSet<App> _handedOut = [];
    private readonly List<Guid> _gone = [];

    public int Count => _apps.Count;

    bool ICollection<App>.IsReadOnly => false;

    public App this[int index] => HandOut(_apps[index]);

    public App? Find(Predicate<App> isWanted) => _apps.Find(isWanted) is { } app ? HandOut(app) : null;

    public void Add(App item) => _apps.Add(HandOut(item));

    public void AddRange(IEnumerable<App> apps)
    {
        foreach (var app in apps)
        {
            Add(app);
        }
    }

    public bool Remove(App item)
    {
        _gone.Add(item.Id);
        _handedOut.Remove(item);
        return _apps.Remove(item);
    }

    public void Clear() => _apps.ToList().ForEach(app => Remove(app));

    public bool Contains(App item) => _apps.Contains(item);

    public void CopyTo(App[] array, int arrayIndex)
    {
        _handedOut.UnionWith(_apps);
        _apps.CopyTo(array, arrayIndex);
    }

    public void ForEach(Action<App> action) => this.ToList().ForEach(action);

    public IEnumerator<App> GetEnumerator() => _apps.Select(HandOut).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes a saved app in, in its former state's place.</summary>
    public void Restore(App app)
    {
        var at = _apps.FindIndex(a => a.Id == app.Id);
        if (at < 0)
        {
            _apps.Add(app);
        }
        else
        {
            _apps[at] = app;
        }
    }

    /// <summary>Takes one that is saved as gone out, if it's still here.</summary>
    public void Forget(Guid id) => _apps.RemoveAll(app => app.Id == id);

    /// <summary>Those that may have changed since the last time that this was asked, and those that are no more.</summary>
    public (IReadOnlyCollection<App> Touched, IReadOnlyCollection<Guid> Gone) TakeTouched()
    {
        var touched = (_handedOut.ToList(), _gone.ToList());
        _handedOut.Clear();
        _gone.Clear();
        return touched;
    }

    private App HandOut(App app)
    {
        _handedOut.Add(app);
        return app;
    }
}
