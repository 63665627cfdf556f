using LeadDesk.App.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Live;

public sealed class SharedQueriesTests
{
    private readonly ChangeFeed _feed = new(NullLogger<ChangeFeed>.Instance, TimeProvider.System);
    private readonly SharedQueries _queries;

    public SharedQueriesTests() => _queries = new(_feed);

    private sealed record Question(long Owner, string Text = "");

    [Fact]
    public async Task Two_hundred_screens_that_ask_the_same_in_one_wave_are_answered_by_one_execution()
    {
        var (executed, mayAnswer) = (0, new TaskCompletionSource());

        var answers = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(_ => _queries.AskAsync(new Question(7), async q =>
        {
            Interlocked.Increment(ref executed);
            await mayAnswer.Task.WaitAsync(TestContext.Current.CancellationToken);
            return new List<long> { q.Owner };
        })).ToList();
        mayAnswer.SetResult();

        Assert.Single((await Task.WhenAll(answers)).Distinct());
        Assert.Equal(1, executed);
        Assert.Equal((200, 1), _queries.Figures);
    }

    [Fact]
    public async Task Another_persons_question_is_another_question()
    {
        var asha = await _queries.AskAsync(new Question(7), q => Task.FromResult(q.Owner));
        var ravi = await _queries.AskAsync(new Question(8), q => Task.FromResult(q.Owner));

        Assert.Equal((7, 8), (asha, ravi));
    }

    [Fact]
    public async Task The_same_question_for_two_kinds_of_answer_is_two()
    {
        var number = await _queries.AskAsync(new Question(7), q => Task.FromResult(q.Owner));
        var word = await _queries.AskAsync(new Question(7), _ => Task.FromResult("seven"));

        Assert.Equal((7L, "seven"), (number, word));
    }

    [Fact]
    public async Task After_a_commit_nobody_gets_an_answer_from_before_it()
    {
        var (stage, slow) = ("New", new TaskCompletionSource());
        var before = _queries.AskAsync(new Question(7), async _ =>
        {
            var read = stage;
            await slow.Task.WaitAsync(TestContext.Current.CancellationToken);
            return read;
        });

        stage = "Contacted";
        _feed.Publish(Commits.Comment(1));
        var after = await _queries.AskAsync(new Question(7), _ => Task.FromResult(stage));
        slow.SetResult();

        Assert.Equal("Contacted", after);
        Assert.Equal("New", await before);
    }

    [Fact]
    public async Task A_commit_while_the_question_is_asked_again_and_again_is_never_missed()
    {
        var (stored, acknowledged) = (0, 0);
        var readers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var atLeast = Volatile.Read(ref acknowledged);
                var answer = await _queries.AskAsync(new Question(7), _ => Task.FromResult(Volatile.Read(ref stored)));
                Assert.True(answer >= atLeast, $"{answer} is older than {atLeast}");
            }
        })).ToList();
        var writer = Task.Run(() =>
        {
            while (!readers.TrueForAll(r => r.IsCompleted))
            {
                // The order of the transactor.
                Interlocked.Increment(ref stored);
                _feed.Publish(Commits.Comment(1));
                Interlocked.Increment(ref acknowledged);
            }
        });

        await Task.WhenAll(readers);
        await writer;
        Assert.True(acknowledged > 1);
    }

    [Fact]
    public async Task A_question_that_failed_is_asked_again_by_the_next()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _queries.AskAsync(new Question(7), Task<long> (_) => throw new InvalidOperationException("before it began")));
        await Assert.ThrowsAsync<TimeoutException>(() => _queries.AskAsync(new Question(7), async Task<long> (_) =>
        {
            await Task.Yield();
            throw new TimeoutException("while it ran");
        }));

        Assert.Equal(7, await _queries.AskAsync(new Question(7), q => Task.FromResult(q.Owner)));
    }
}
