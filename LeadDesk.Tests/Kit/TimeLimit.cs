using System.Collections.Concurrent;
using System.Reflection;
using LeadDesk.Tests.Kit;
using Xunit.v3;

[assembly: TimeLimit]

namespace LeadDesk.Tests.Kit;

/// <summary>
/// A test that waits for what never comes is named and cancelled, so that it fails by itself instead of taking the whole run with it. Whoever waits
/// without a limit of their own does it with the token of <see cref="TestContext.Current"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TimeLimitAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, Timer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var context = TestContext.Current;
        _running[test.UniqueID] = new(_ =>
        {
            Console.Error.WriteLine($"Cancelled after {_limit.TotalMinutes} minutes: {test.TestDisplayName}");
            context.CancelCurrentTest();
        }, null, _limit, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out var timer))
        {
            timer.Dispose();
        }
    }
}
