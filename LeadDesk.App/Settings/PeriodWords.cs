using System.Globalization;
using LeadDesk.App.Retirement;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Settings;

public enum PeriodUnit
{
    Minutes,
    Hours,
    Days,
}

/// <summary>How long a period is, in the largest unit that says it exactly, and when a new one comes into force.</summary>
public static class PeriodWords
{
    public static (int Count, PeriodUnit Unit) Split(TimeSpan span) =>
        span.Ticks % TimeSpan.TicksPerDay == 0 && span.Ticks > 0 ? ((int)span.TotalDays, PeriodUnit.Days)
        : span.Ticks % TimeSpan.TicksPerHour == 0 && span.Ticks > 0 ? ((int)span.TotalHours, PeriodUnit.Hours)
        : ((int)span.TotalMinutes, PeriodUnit.Minutes);

    public static TimeSpan Join(int count, PeriodUnit unit) => unit switch
    {
        PeriodUnit.Days => TimeSpan.FromDays(count),
        PeriodUnit.Hours => TimeSpan.FromHours(count),
        _ => TimeSpan.FromMinutes(count),
    };

    /// <summary>"7 days", "1 hour", "90 minutes"; "off" for none.</summary>
    public static string Of(TimeSpan? span)
    {
        if (span is not { } s)
        {
            return "off";
        }

        var (count, unit) = Split(s);
        var word = unit.ToString().ToLowerInvariant();
        return $"{count.ToString("N0", CultureInfo.CurrentCulture)} {(count == 1 ? word[..^1] : word)}";
    }

    /// <summary>What saving would do, and when.</summary>
    public static string OfSaving(RetirementRule now, RetirementRule next, DateTimeOffset at, TimeZoneInfo zone) => string.Join(' ', new[]
    {
        now.Policy == next.Policy ? null : OfSaving(now.Policy, next.Policy, at, zone),
        now.Brake == next.Brake ? null
            : $"A sweep stops and asks where it would retire more than {RetirementDraft.Percent(next.Brake.Share)} of the assigned leads, and at least {next.Brake.Floor.ToString("N0", CultureInfo.CurrentCulture)}.",
        now.ManagersMaySet == next.ManagersMaySet ? null : next.ManagersMaySet ? "Sales Managers may change all this too." : "Only Admins change all this.",
    }.Where(s => s is not null));

    private static string OfSaving(RetirementPolicy now, RetirementPolicy next, DateTimeOffset at, TimeZoneInfo zone)
    {
        if (next.Period == now.Period && next.InForceFrom > at)
        {
            return "The warning window changes at once.";
        }

        var inForce = now.PeriodAt(at);
        if (next.Period == inForce)
        {
            return next.Period is null ? "Retirement stays off." : $"{Of(next.Period)} stay in force. The warning window changes at once.";
        }

        if (next.Period is null)
        {
            return "Retirement stops at once: no lead has a clock.";
        }

        return next.InForceFrom is { } from && from > at
            ? $"{Of(next.Period)} come into force {TimeWords.MomentInFull(from, at, zone)}. {(inForce is null ? "Until then nothing retires." : $"Until then {Of(inForce)} hold.")}"
            : $"{Of(next.Period)} come into force at once.";
    }
}
