using System.Globalization;
using LeadDesk.App.Retirement;

namespace LeadDesk.App.Settings;

/// <summary>What stands in the fields of the retirement form.</summary>
public sealed class RetirementDraft
{
    private static readonly TimeSpan _usual = TimeSpan.FromDays(7);

    public bool IsOn { get; set; }
    public int Period { get; set; } = 1;
    public PeriodUnit PeriodUnit { get; set; } = PeriodUnit.Days;
    public int Window { get; set; }
    public PeriodUnit WindowUnit { get; set; } = PeriodUnit.Hours;

    /// <summary>Per cent of all assigned leads.</summary>
    public double Share { get; set; }

    public int Floor { get; set; }
    public bool ManagersMaySet { get; set; }

    public RetirementForm Form => new(
        IsOn ? PeriodWords.Join(Period, PeriodUnit) : null, PeriodWords.Join(Window, WindowUnit), Math.Round(Share / 100, 4), Floor, ManagersMaySet);

    public static RetirementDraft Of(RetirementForm form)
    {
        var (period, periodUnit) = PeriodWords.Split(form.Period ?? _usual);
        var (window, windowUnit) = PeriodWords.Split(form.Window);
        return new()
        {
            IsOn = form.Period is not null,
            Period = period,
            PeriodUnit = periodUnit,
            Window = window,
            WindowUnit = windowUnit,
            Share = Math.Round(form.BrakeShare * 100, 2),
            Floor = form.BrakeFloor,
            ManagersMaySet = form.ManagersMaySet,
        };
    }

    /// <summary>What two people made of the same form: what only one of them changed is that one's, what both changed is asked for.</summary>
    public static RetirementForm Merge(RetirementForm mine, RetirementForm seen, RetirementForm theirs, bool keepMine)
    {
        return new(Pick(f => f.Period), Pick(f => f.Window), Pick(f => f.BrakeShare), Pick(f => f.BrakeFloor), Pick(f => f.ManagersMaySet));

        T Pick<T>(Func<RetirementForm, T> of)
        {
            var (isMine, isTheirs) = (!Equals(of(mine), of(seen)), !Equals(of(theirs), of(seen)));
            return isMine && (keepMine || !isTheirs) ? of(mine) : of(theirs);
        }
    }

    /// <summary>Where two forms differ, in words: what, the one's, the other's.</summary>
    public static IReadOnlyList<(string What, string One, string Other)> Differences(RetirementForm one, RetirementForm other) =>
    [
        .. new (string What, string One, string Other)[]
        {
            ("Inactivity period", PeriodWords.Of(one.Period), PeriodWords.Of(other.Period)),
            ("Warning window", PeriodWords.Of(one.Window), PeriodWords.Of(other.Window)),
            ("Brake, share", Percent(one.BrakeShare), Percent(other.BrakeShare)),
            ("Brake, at least", Leads(one.BrakeFloor), Leads(other.BrakeFloor)),
            ("Sales Managers", May(one.ManagersMaySet), May(other.ManagersMaySet)),
        }.Where(d => d.One != d.Other),
    ];

    public static string Percent(double share) => $"{(share * 100).ToString("0.##", CultureInfo.CurrentCulture)} %";

    public static string Leads(long count) => $"{count.ToString("N0", CultureInfo.CurrentCulture)} {(count == 1 ? "lead" : "leads")}";

    private static string May(bool may) => may ? "may change this" : "may not change this";
}
