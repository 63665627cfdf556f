using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LeadDesk.App.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Live;

public sealed class ChangeFeedTests
{
    private static readonly Topic Asha = Topic.Owner(new(7));

    private readonly ChangeFeed _feed = new(NullLogger<ChangeFeed>.Instance, TimeProvider.System);

    [Fact]
    public async Task A_thousand_changes_wake_a_listener_a_few_times_and_once_after_the_last()
    {
        var (published, runs, lastSeen) = (0, 0, new TaskCompletionSource());
        using var listener = _feed.Subscribe([Asha], _ =>
        {
            Interlocked.Increment(ref runs);
            if (Volatile.Read(ref published) == 1_000)
            {
                lastSeen.TrySetResult();
            }

            return Task.CompletedTask;
        });

        for (var i = 0; i < 1_000; i++)
        {
            Interlocked.Increment(ref published);
            _feed.Publish(Commits.Comment(i));
        }

        await lastSeen.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(runs, 1, 20);
    }

    [Fact]
    public async Task What_listens_afterwards_hears_everything_once_after_those_who_listen_at_once()
    {
        var (first, after) = (new TaskCompletionSource<Wave>(), new TaskCompletionSource<(Wave Wave, bool OthersWereFirst)>());
        using var later = _feed.Subscribe([Asha], wave =>
        {
            after.TrySetResult((wave, first.Task.IsCompleted));
            return Task.CompletedTask;
        }, isAfterwards: true);
        using var atOnce = _feed.Subscribe([Asha], wave =>
        {
            first.TrySetResult(wave);
            return Task.CompletedTask;
        });

        _feed.Publish(Commits.Comment(1));
        _feed.Publish(Commits.Comment(2));

        var (wave, othersWereFirst) = await after.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], wave.Leads.Select(l => l.LeadId.Value));
        Assert.True(othersWereFirst);
    }

    [Fact]
    public async Task A_listener_is_never_called_twice_at_the_same_time_and_hears_what_came_meanwhile()
    {
        var (calls, atOnce, most) = (0, 0, 0);
        var (begun, mayEnd, second) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<Wave>());
        using var listener = _feed.Subscribe([Asha], async wave =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            if (Interlocked.Increment(ref calls) == 1)
            {
                begun.SetResult();
                await mayEnd.Task.WaitAsync(TestContext.Current.CancellationToken);
            }
            else
            {
                second.TrySetResult(wave);
            }

            Interlocked.Decrement(ref atOnce);
        });

        _feed.Publish(Commits.Comment(1));
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        _feed.Publish(Commits.Comment(2));
        _feed.Publish(Commits.Comment(3));
        Assert.Equal(1, calls);
        mayEnd.SetResult();

        Assert.Equal([2, 3], (await second.Task.WaitAsync(TestContext.Current.CancellationToken)).Leads.Select(l => l.LeadId.Value));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Many_leads_in_one_wave_are_told_as_many_and_not_one_by_one()
    {
        var heard = new TaskCompletionSource<Wave>();
        using var listener = _feed.Subscribe([Topic.AllLeads], Hear(heard));

        _feed.Publish(Commits.Of([.. Enumerable.Range(1, Wave.Many).Select(i => Commits.Change(i, Commits.Place(7)))]));

        var wave = await heard.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(wave.IsMany);
        Assert.Empty(wave.Leads);
    }

    public static TheoryData<Exception> Faults => [new InvalidOperationException("broken"), new TaskCanceledException("a script did not answer")];

    [Theory, MemberData(nameof(Faults))]
    public async Task A_listener_that_fails_hurts_nobody_and_hears_the_next_change(Exception fault)
    {
        var (failed, again, neighbour) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<Wave>());
        using var bad = _feed.Subscribe([Asha], _ =>
        {
            if (failed.TrySetResult())
            {
                throw fault;
            }

            again.TrySetResult();
            return Task.CompletedTask;
        });
        using var good = _feed.Subscribe([Asha], Hear(neighbour));

        _feed.Publish(Commits.Comment(1));
        await failed.Task.WaitAsync(TestContext.Current.CancellationToken);
        await neighbour.Task.WaitAsync(TestContext.Current.CancellationToken);
        _feed.Publish(Commits.Comment(2));

        await again.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Whoever_takes_note_of_commits_and_fails_does_not_hurt_the_one_who_committed()
    {
        var noted = 0;
        _feed.Committed += _ => throw new InvalidOperationException("broken");
        _feed.Committed += _ => noted++;

        _feed.Publish(Commits.Comment(1));

        Assert.Equal(1, noted);
    }

    [Fact]
    public async Task Only_who_listens_to_it_is_woken()
    {
        var (ashas, ravis) = (new TaskCompletionSource<Wave>(), new TaskCompletionSource<Wave>());
        using var asha = _feed.Subscribe([Asha], Hear(ashas));
        using var ravi = _feed.Subscribe([Topic.Owner(new(8))], Hear(ravis));

        _feed.Publish(Commits.Comment(1, owner: 7));
        await ashas.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(ravis.Task.IsCompleted);
        _feed.Publish(Commits.Comment(2, owner: 8));

        Assert.Equal(2, Assert.Single((await ravis.Task.WaitAsync(TestContext.Current.CancellationToken)).Leads).LeadId.Value);
    }

    [Fact]
    public async Task After_dispose_no_call_begins()
    {
        var (calls, begun, mayEnd) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        var listener = _feed.Subscribe([Asha], async _ =>
        {
            Interlocked.Increment(ref calls);
            begun.TrySetResult();
            await mayEnd.Task.WaitAsync(TestContext.Current.CancellationToken);
        });
        _feed.Publish(Commits.Comment(1));
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        _feed.Publish(Commits.Comment(2));

        listener.Dispose();
        mayEnd.SetResult();
        _feed.Publish(Commits.Comment(3));

        await OneWaveLaterAsync();
        Assert.Equal(1, calls);
    }

    [Fact]
    public void A_disposed_listener_leaves_no_entry_behind()
    {
        var one = _feed.Subscribe([Asha, Topic.Retired], _ => Task.CompletedTask);
        var two = _feed.Subscribe([Asha], _ => Task.CompletedTask);
        one.Listen([Asha, Topic.Unassigned]);
        Assert.Equal(2, _feed.ListenerCount(Asha));
        Assert.Equal(0, _feed.ListenerCount(Topic.Retired));

        one.Dispose();
        one.Dispose();
        two.Dispose();

        Assert.Equal(0, _feed.TopicCount);
    }

    [Fact]
    public async Task A_disposed_listener_can_be_collected()
    {
        var screen = ListenAndLeave();
        _feed.Publish(Commits.Comment(1));
        await OneWaveLaterAsync();

        for (var i = 0; i < 5 && screen.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await OneWaveLaterAsync();
        }

        Assert.False(screen.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference ListenAndLeave()
        {
            var target = new List<Wave>();
            var listener = _feed.Subscribe([Asha], wave =>
            {
                target.Add(wave);
                return Task.CompletedTask;
            });
            _feed.Publish(Commits.Comment(1));
            listener.Dispose();
            return new(target);
        }
    }

    [Fact]
    public async Task Eight_threads_publish_ten_thousand_times_each_while_listeners_come_and_go()
    {
        var (atOnce, trouble) = (new ConcurrentDictionary<int, int>(), new ConcurrentQueue<string>());
        var (staying, published, sawLast) = (0, 0, new TaskCompletionSource());
        using var stays = _feed.Subscribe([Topic.AllLeads], _ =>
        {
            if (Volatile.Read(ref published) == 80_000)
            {
                sawLast.TrySetResult();
            }

            Interlocked.Increment(ref staying);
            return Task.CompletedTask;
        });
        using var halfWay = new CountdownEvent(8);

        var publishers = Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                Interlocked.Increment(ref published);
                _feed.Publish(Commits.Comment(i, owner: t));
                if (i == 5_000)
                {
                    halfWay.Signal();
                }
            }
        }));
        var guests = Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            var guest = _feed.Subscribe([Topic.Owner(new(t)), Topic.AllLeads], async _ =>
            {
                if (atOnce.AddOrUpdate(t, 1, (_, n) => n + 1) != 1)
                {
                    trouble.Enqueue($"guest {t} was called twice at once");
                }

                await Task.Yield();
                atOnce.AddOrUpdate(t, 0, (_, n) => n - 1);
            });
            halfWay.Wait();
            guest.Dispose();
        }));
        await Task.WhenAll(publishers.Concat(guests));

        await sawLast.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(trouble);
        Assert.Equal(1, _feed.TopicCount);
        Assert.Equal(80_000, _feed.Sequence);
    }

    [Fact]
    public async Task Whoever_comes_while_another_goes_is_not_forgotten_with_them()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                using var listener = _feed.Subscribe([Asha], _ => Task.CompletedTask);
                Assert.InRange(_feed.ListenerCount(Asha), 1, 8);
            }
        })));

        Assert.Equal(0, _feed.TopicCount);
    }

    [Fact]
    public async Task Whoever_read_before_a_commit_and_listens_after_it_is_woken_for_it()
    {
        var (known, heard, spared) = (_feed.Sequence, new TaskCompletionSource<Wave>(), new TaskCompletionSource<Wave>());
        _feed.Publish(Commits.Comment(1, owner: 7));

        using var late = _feed.Subscribe([Asha], Hear(heard), known);
        using var other = _feed.Subscribe([Topic.Owner(new(8))], Hear(spared), known);
        using var knowing = _feed.Subscribe([Asha], Hear(spared), _feed.Sequence);

        var wave = await heard.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(wave.Leads);
        Assert.False(wave.IsMany);
        Assert.False(spared.Task.IsCompleted);
    }

    [Fact]
    public async Task Whoever_read_very_long_before_is_woken_whatever_it_was()
    {
        var (known, heard) = (_feed.Sequence, new TaskCompletionSource<Wave>());
        for (var i = 0; i < 1_000; i++)
        {
            _feed.Publish(Commits.Comment(i, owner: 8));
        }

        using var late = _feed.Subscribe([Asha], Hear(heard), known);

        await heard.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(_feed.SequenceBefore(TimeSpan.FromDays(1)), 0, 1_000 - 64);
        Assert.Equal(1_000, _feed.SequenceBefore(TimeSpan.Zero));
    }

    [Fact]
    public async Task What_a_listener_was_woken_for_is_not_lost_when_it_turns_to_other_topics()
    {
        var (first, mayEnd, second) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource<Wave>());
        using var listener = _feed.Subscribe([Asha], async wave =>
        {
            if (first.TrySetResult())
            {
                await mayEnd.Task.WaitAsync(TestContext.Current.CancellationToken);
            }
            else
            {
                second.TrySetResult(wave);
            }
        });
        _feed.Publish(Commits.Comment(1));
        await first.Task.WaitAsync(TestContext.Current.CancellationToken);
        _feed.Publish(Commits.Comment(2));
        listener.Listen([Topic.Retired]);
        mayEnd.SetResult();

        Assert.Equal(2, Assert.Single((await second.Task.WaitAsync(TestContext.Current.CancellationToken)).Leads).LeadId.Value);
    }

    private static Func<Wave, Task> Hear(TaskCompletionSource<Wave> heard) => wave =>
    {
        heard.TrySetResult(wave);
        return Task.CompletedTask;
    };

    /// <summary>A listener that comes now has had its second call: whatever could have been called in between has been.</summary>
    private async Task OneWaveLaterAsync()
    {
        var (calls, twice) = (0, new TaskCompletionSource());
        using var witness = _feed.Subscribe([Topic.Desk], _ =>
        {
            if (Interlocked.Increment(ref calls) == 2)
            {
                twice.TrySetResult();
            }
            else
            {
                _feed.Publish(Commits.Of(Topic.Desk));
            }

            return Task.CompletedTask;
        });
        _feed.Publish(Commits.Of(Topic.Desk));
        await twice.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
