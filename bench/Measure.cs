using System.Diagnostics;
using System.Globalization;

namespace LeadDesk.Bench;

/// <summary>Milliseconds of many runs.</summary>
public sealed class Times(IEnumerable<double> times)
{
    private readonly double[] _times = [.. times.Order()];

    public double Median => At(0.5);

    public double At(double share) => _times[(int)Math.Min(_times.Length - 1, Math.Floor(share * _times.Length))];

    public override string ToString() => Say(Median);

    public static string Say(double ms) => ms switch
    {
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0.0} s"),
        >= 100 => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms"),
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{ms:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms:0.000} ms"),
    };
}

public static class Measure
{
    private static readonly TimeSpan _enough = TimeSpan.FromSeconds(3);

    public static async Task<double> OnceAsync(Func<Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    /// <summary>Fewer runs of what takes long, never fewer than two.</summary>
    public static async Task<Times> ManyAsync(Func<Task> work, int warm = 3, int runs = 25) => (await TogetherAsync([work], warm, runs))[0];

    /// <summary>By turns, so that whatever else the machine does meets all of them.</summary>
    public static async Task<Times[]> TogetherAsync(IReadOnlyList<Func<Task>> works, int warm = 3, int runs = 25, TimeSpan? enough = null)
    {
        var most = enough ?? _enough;
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < warm && (i == 0 || Stopwatch.GetElapsedTime(from) < most / 3); i++)
        {
            foreach (var work in works)
            {
                await work();
            }
        }

        var times = works.Select(_ => new List<double>()).ToList();
        from = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs && (i < 2 || Stopwatch.GetElapsedTime(from) < most); i++)
        {
            for (var w = 0; w < works.Count; w++)
            {
                times[w].Add(await OnceAsync(works[w]));
            }
        }

        return [.. times.Select(t => new Times(t))];
    }

    /// <summary>What the process spent on it, in milliseconds of one core.</summary>
    public static async Task<(double Wall, double Cpu)> WithCpuAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var wall = await OnceAsync(work);
        process.Refresh();
        return (wall, (process.TotalProcessorTime - before).TotalMilliseconds);
    }
}
