using CsCheck;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Tests.Retirement;

public sealed class RetirementPolicyTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<TimeSpan?> Periods = Gen.Int[0, 8].Select(d => d == 0 ? (TimeSpan?)null : TimeSpan.FromHours(d * 7));

    [Fact]
    public void Whatever_the_policy_the_two_cutoffs_part_the_clocks_as_reading_each_of_them_does() =>
        Gen.Select(Periods, Periods, Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[-3_000, 3_000], Gen.Int[-9_000, 0]).Sample((before, period, window, grace, asOfMinutes, startMinutes) =>
        {
            var policy = new RetirementPolicy(before, TimeSpan.FromHours(window)).Change(period, TimeSpan.FromHours(window), TimeSpan.FromHours(grace), Tuesday);
            var (asOf, start) = (Tuesday + TimeSpan.FromMinutes(Math.Abs(asOfMinutes)), Tuesday + TimeSpan.FromMinutes(startMinutes));

            var step = InactivityClock.Read(policy, start, stageRetires: true, asOf)?.Step;

            Assert.Equal(step is TimeLeftStep.Due, start <= policy.CutoffAt(asOf));
            Assert.Equal(step is TimeLeftStep.Due or TimeLeftStep.GoingStale, start <= policy.StaleCutoffAt(asOf));
        }, iter: 20_000);
}
