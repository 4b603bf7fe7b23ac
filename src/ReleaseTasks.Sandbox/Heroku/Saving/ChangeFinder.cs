using System.Security.Cryptography;
using System.Text.Json;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku.Saving;

/// <summary>Finds what a change left different, by the fingerprints of the world's parts. A part that it hasn't seen yet counts as different.</summary>
internal sealed class ChangeFinder(HerokuWorld world)
{
    private readonly Dictionary<object, byte[]> _fingerprints = [];

    /// <summary>Since the last time; null when nothing is.</summary>
    public WorldChange? Find()
    {
        var (touched, gone) = world.Apps.TakeTouched();
        var change = new WorldChange
        {
            Apps = touched.Where(app => IsDifferent(app.Id, app)).ToList() is { Count: > 0 } apps ? apps : null,
            Gone = gone.Count > 0 ? [.. gone] : null,
            Accounts = IfDifferent(world.Accounts),
            AddOns = IfDifferent(world.AddOns),
            Attachments = IfDifferent(world.Attachments),
            Pipelines = IfDifferent(world.Pipelines),
            Couplings = IfDifferent(world.Couplings),
            Promotions = IfDifferent(world.Promotions),
        };
        return change.IsNone ? null : change;
    }

    private List<T>? IfDifferent<T>(List<T> part) => IsDifferent(typeof(T), part) ? part : null;

    private bool IsDifferent<T>(object name, T part)
    {
        var now = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(part, StateFormat.Line));
        var isSame = _fingerprints.TryGetValue(name, out var before) && before.AsSpan().SequenceEqual(now);
        _fingerprints[name] = now;
        return !isSame;
    }
}
