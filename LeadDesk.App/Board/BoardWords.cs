using System.Globalization;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.App.Board;

/// <summary>The words and figures of heads and facts.</summary>
internal static class BoardWords
{
    /// <summary>"62", "10,000+".</summary>
    public static string Figure(ColumnFigures figures) => figures.IsCapped ? $"{Figure(figures.Leads)}+" : Figure(figures.Leads);

    public static string Figure(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>"New, 62 leads", "Won, 61 leads in 30 days".</summary>
    public static string Column(BoardColumn column) =>
        $"{column.Stage.Name}, {Figure(column.Figures)} {(column.Figures is { Leads: 1, IsCapped: false } ? "lead" : "leads")}{(column.IsClosing ? " in 30 days" : "")}";

    public static string StageClass(Stage stage) => stage.Kind switch
    {
        StageKind.Won => "ld-stage won",
        StageKind.Lost => "ld-stage lost",
        _ => "ld-stage",
    };

    /// <summary>What is going stale or due, in all columns.</summary>
    public static int Stale(OpenBoard board) => board.Columns.Sum(c => c.Figures.Due + c.Figures.Stale);

    /// <summary>"180 open leads in North, € 1.62 M · period 7 d".</summary>
    public static string Fact(OpenBoard board)
    {
        var open = board.Columns.Where(c => !c.IsClosing).Select(c => c.Figures).ToList();
        var leads = open.Sum(f => f.Leads);
        var where = board.Filter.TeamId ?? (board.Actor is { MaySeeAllLeads: false, LeadsTeams.Count: 1 } lead ? lead.LeadsTeams[0] : null);
        var place = board.Desk.Team(where) is { } team ? $" in {team.Name}" : "";
        var isCapped = open.Exists(f => f.IsCapped);
        var value = open.Sum(f => f.ValueMinor ?? 0);
        return $"{Figure(leads)}{(isCapped ? "+" : "")} open {(leads == 1 ? "lead" : "leads")}{place}{(isCapped || value == 0 ? "" : $", {MoneyWords.Short(value)}")} · {ClockRule.Short(board.Desk.Policy.PeriodAt(board.Lens.Now))}";
    }
}
