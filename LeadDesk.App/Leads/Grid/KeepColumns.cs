using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads.Grid;

/// <summary>Keeps someone's own columns of the lead list.</summary>
public sealed class KeepColumns(Transactor transactor)
{
    internal const string Setting = "leads-columns";

    public Task<Outcome> RunAsync(ColumnLayout layout, Actor by, CancellationToken ct = default) => transactor.RunAsync(by, async work =>
    {
        if (work.By.Id is not { } me)
        {
            return new NotAllowed("Only people have columns of their own.");
        }

        var json = layout.ToJson();
        if (await work.Db.PersonalSettings.FindAsync([me, Setting], work.Ct) is { } known)
        {
            known.Json = json;
        }
        else
        {
            work.Db.PersonalSettings.Add(new(me, Setting, json));
        }

        return Outcome.Done;
    }, ct);
}

/// <summary>The columns that the actor sees the lead list with.</summary>
public sealed class ColumnsQuery(IDbContextFactory<LeadDeskDb> databases)
{
    public async Task<ColumnLayout> ForAsync(Actor actor, CancellationToken ct = default)
    {
        if (actor.Id is not { } me)
        {
            return ColumnLayout.Standard;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return ColumnLayout.Read(await db.PersonalSettings.Where(s => s.EmployeeId == me && s.Name == KeepColumns.Setting).Select(s => s.Json).FirstOrDefaultAsync(ct));
    }
}
