namespace Cake.Heroku.Tests.Stub;

internal static class Eventually
{
    public static async Task Is(Func<bool> condition, CancellationToken ct)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
        }
    }
}
