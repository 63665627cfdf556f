using System.Globalization;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Retirement.Stale;

/// <summary>How many leads would retire each day, per agent: the four with most, the others as one.</summary>
public sealed partial class StaleChart
{
    private const int Named = 4;
    private const double Bottom = 190;
    private const double Height = 168;

    private bool _asTable;
    private int? _dim;

    [Parameter, EditorRequired] public IReadOnlyList<StaleDay> Days { get; set; } = [];
    [Parameter, EditorRequired] public DateOnly Today { get; set; }
    [Parameter, EditorRequired] public Func<EmployeeId, string> NameOf { get; set; } = id => id.ToString();

    /// <summary>"Team North", "All teams", "You".</summary>
    [Parameter] public string Whose { get; set; } = "All";

    /// <summary>The agent whose legend was chosen; none for the others.</summary>
    [Parameter] public EventCallback<EmployeeId?> OnOwner { get; set; }

    private IReadOnlyList<DateOnly> DaysShown => [.. Enumerable.Range(0, StaleQuery.Days).Select(Today.AddDays)];

    private IReadOnlyList<(EmployeeId Id, string Name, int Leads)> Owners =>
        [.. Days.GroupBy(d => d.OwnerId).Select(g => (g.Key, NameOf(g.Key), g.Sum(d => d.Leads))).OrderByDescending(o => o.Item3).ThenBy(o => o.Item2, StringComparer.CurrentCulture)];

    private IReadOnlyList<(string Name, int Leads, EmployeeId? Only, HashSet<EmployeeId> Ids)> Series
    {
        get
        {
            var owners = Owners;
            var series = owners.Take(Named).Select(o => (o.Name, o.Leads, (EmployeeId?)o.Id, new HashSet<EmployeeId> { o.Id })).ToList();
            var rest = owners.Skip(Named).ToList();
            if (rest.Count > 0)
            {
                series.Add(($"{rest.Count} {(rest.Count == 1 ? "other" : "others")}", rest.Sum(o => o.Leads), null, [.. rest.Select(o => o.Id)]));
            }

            return series;
        }
    }

    /// <summary>The highest grid line: four equal steps of whole leads.</summary>
    private int Top => Math.Max(4, ((DaysShown.Max(Total) + 3) / 4 * 4));

    private IEnumerable<(int Tone, string X, string Y, string Height, string Title)> Bars
    {
        get
        {
            var series = Series;
            foreach (var (day, i) in DaysShown.Select((d, i) => (d, i)))
            {
                var below = 0;
                for (var s = 0; s < series.Count; s++)
                {
                    var leads = Days.Where(d => d.Day == day && series[s].Ids.Contains(d.OwnerId)).Sum(d => d.Leads);
                    if (leads > 0)
                    {
                        var (top, bottom) = (Bottom - (Height * (below + leads) / Top), Bottom - (Height * below / Top));
                        yield return (s + 1, Number(Left(i)), Number(top), Number(Math.Max(1, bottom - top - 2)), $"{series[s].Name}, {Word(day)}: {leads}");
                        below += leads;
                    }
                }
            }
        }
    }

    private string Sentence => Days.Count == 0
        ? "Nothing would retire in the next seven days."
        : $"Leads that would retire if nobody did anything: {string.Join(", ", DaysShown.Select(d => $"{Word(d)} {Total(d)}"))}.";

    private int Total(DateOnly day) => Days.Where(d => d.Day == day).Sum(d => d.Leads);

    private int Of(EmployeeId owner, DateOnly day) => Days.Where(d => d.Day == day && d.OwnerId == owner).Sum(d => d.Leads);

    private string Word(DateOnly day) => day == Today ? $"{day.ToString("ddd", CultureInfo.CurrentCulture)} today" : day.ToString("ddd d", CultureInfo.CurrentCulture);

    private static double Left(int index) => 84 + (index * 114);

    private static string Middle(int index) => Number(Left(index) + 31);

    private string Y(double leads, double shift = 0) => Number(Bottom - (Height * leads / Top) + shift);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
