using System.Diagnostics;

namespace LeadDesk.Tests.Kit;

/// <summary>Waits for a condition, in real time, and says what it waited for when it does not come.</summary>
public static class Until
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    /// <param name="patience">Where the condition may take longer than half a minute.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var limit = patience ?? _patience;
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                Assert.Fail($"Waited {limit.TotalSeconds:0} s in vain: {what}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
