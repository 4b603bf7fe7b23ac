using System.Globalization;

namespace ReleaseTasks.Tasks;

/// <summary>
/// While a run lasts, dates and numbers are written alike on every machine, on all threads: a journal of Helsinki is read in Bangkok. The
/// program that the library runs in has its own culture back afterwards.
/// </summary>
internal sealed class InvariantCulture : IDisposable
{
    private readonly CultureInfo _ofThread = CultureInfo.CurrentCulture;
    private readonly CultureInfo? _ofThreads = CultureInfo.DefaultThreadCurrentCulture;

    public InvariantCulture() =>
        (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture) = (_ofThread, _ofThreads);
}
