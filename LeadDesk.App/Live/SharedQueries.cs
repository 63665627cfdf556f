using System.Collections.Concurrent;
using System.Diagnostics;

namespace LeadDesk.App.Live;

/// <summary>
/// Answers identical questions of one wave once. A question is the same while nothing was committed in between, so the answer is as new as one's own.
/// </summary>
public sealed class SharedQueries(ChangeFeed feed)
{
    private static readonly TimeSpan _wave = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<object, Answer> _answers = new();
    private long _asked;
    private long _executed;

    /// <summary>How many questions were asked, and how many reached the database.</summary>
    public (long Asked, long Executed) Figures => (Interlocked.Read(ref _asked), Interlocked.Read(ref _executed));

    /// <param name="question">Compared by value; holds everything that the answer depends on: the person's scope too.</param>
    public Task<TAnswer> AskAsync<TQuestion, TAnswer>(TQuestion question, Func<TQuestion, Task<TAnswer>> execute) where TQuestion : notnull
    {
        Interlocked.Increment(ref _asked);
        var sequence = feed.Sequence;
        var key = (question, typeof(TAnswer));
        var answer = _answers.AddOrUpdate(key, Make, (k, known) => known.Sequence == sequence && known.MayBeGiven ? known : Make(k));
        return (Task<TAnswer>)answer.Task.Value;

        Answer Make(object _) => new(sequence, Stopwatch.GetTimestamp(), new(() =>
        {
            Interlocked.Increment(ref _executed);
            ForgetOld();
            return ExecuteAsync();
        }));

        // What is thrown before the first await belongs to the answer too, not to whoever asked first.
        async Task<TAnswer> ExecuteAsync() => await execute(question);
    }

    private void ForgetOld()
    {
        foreach (var known in _answers.Where(a => !a.Value.MayBeGiven))
        {
            _answers.TryRemove(known);
        }
    }

    private sealed record Answer(long Sequence, long Born, Lazy<Task> Task)
    {
        /// <summary>Still on its way, or young; an answer that failed is asked for again.</summary>
        public bool MayBeGiven => !Task.IsValueCreated || !Task.Value.IsCompleted || (Task.Value.IsCompletedSuccessfully && Stopwatch.GetElapsedTime(Born) < _wave);
    }
}
