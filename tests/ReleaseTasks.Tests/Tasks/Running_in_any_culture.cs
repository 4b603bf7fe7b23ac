using System.Globalization;
using Cake.Frosting;
using ReleaseTasks.Tasks;

namespace ReleaseTasks.Tests.Tasks;

/// <summary>The library runs in somebody's program, and that has the culture of its machine.</summary>
[NonParallelizable]
public sealed class Running_in_any_culture
{
    [Test]
    public void Writes_dates_and_numbers_alike_on_every_thread_and_gives_the_programs_culture_back()
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture);
        var folder = Directory.GetCurrentDirectory();
        var finnish = FinnishLike();
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture) = (finnish, finnish);

            var code = new CakeHost()
                .AddAssembly(typeof(SayTheTimeTask).Assembly)
                .UseReleaseTasks()
                .RunReleaseTasks(["--target=SayTheTime"]);

            Assert.That(code, Is.Zero);
            Assert.That(SayTheTimeTask.Said, Is.EqualTo(["13:08 1.5 -1", "13:08 1.5 -1"]));
            Assert.That((CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture), Is.EqualTo((finnish, finnish)));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture) = before;
            Directory.SetCurrentDirectory(folder);
        }
    }

    /// <summary>Made by hand: these tests run without the cultures of the machine.</summary>
    private static CultureInfo FinnishLike()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "−";
        return culture;
    }
}

/// <summary>The program's own task: Frosting finds only public ones.</summary>
[TaskName("SayTheTime")]
public sealed class SayTheTimeTask : AsyncFrostingTask<ReleaseContext>
{
    internal static IReadOnlyList<string> Said { get; private set; } = [];

    public override async Task RunAsync(ReleaseContext context)
    {
        var elsewhere = new TaskCompletionSource<string>();
        var thread = new Thread(() => elsewhere.SetResult(Words()));
        using (ExecutionContext.SuppressFlow())
        {
            thread.Start();
        }

        Said = [Words(), await elsewhere.Task];
    }

    private static string Words() => $"{new TimeOnly(13, 8):HH:mm} {1.5} {-1}";
}
