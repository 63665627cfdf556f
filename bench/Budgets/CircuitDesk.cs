using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.Bench.Budgets;

/// <summary>A copy of the desk in a server process, with the lead that every board of its owner, team, pool and source shows first.</summary>
internal sealed class CircuitDesk : IAsyncDisposable
{
    public const string Password = "LeadDesk!2026";

    private readonly BenchDesk _desk;
    private readonly HashSet<long> _on = [];
    private bool _isOn;

    private CircuitDesk(BenchDesk desk, ServerProcess server) => (_desk, Server) = (desk, server);

    public ServerProcess Server { get; private set; }

    public BenchDesk Desk => _desk;

    public long LeadId { get; private set; }
    public long OwnerId { get; private set; }
    public long TeamId { get; private set; }
    public long PoolId { get; private set; }
    public long SourceId { get; private set; }

    /// <param name="prepare">By hand, while nobody has the desk open.</param>
    public static async Task<CircuitDesk> OpenAsync(DeskStore store, Func<BenchDesk, Task>? prepare = null, string serves = "desk")
    {
        var desk = await store.CopyAsync(store.Options.Leads);
        if (prepare is not null)
        {
            await prepare(desk);
        }

        await using (var connection = await desk.ConnectAsync())
        {
            var open = desk.Desk.Stages.First(s => s.Kind is StageKind.Open).Id.Value;
            var soonest = await connection.ReadAsync($"""
                SELECT "Id", "OwnerId", "TeamId", "PoolId", "SourceId" FROM "Leads" WHERE "OwnerId" IS NOT NULL AND "StageId" = {open} ORDER BY "ClockStart" LIMIT 1
                """);
            var opened = new CircuitDesk(desk, null!)
            {
                LeadId = (long)soonest[0][0],
                OwnerId = (long)soonest[0][1],
                TeamId = (long)soonest[0][2],
                PoolId = (long)soonest[0][3],
                SourceId = (long)soonest[0][4],
            };
            await connection.CloseAsync();
            await desk.CloseAsync();
            opened.Server = await ServerProcess.StartAsync(serves, desk.Provider.ToString(), desk.ConnectionString);
            return opened;
        }
    }

    public Task<Visitor> SignInAsync(EmployeeId employee) => Visitor.SignInAsync(Server.Address, _desk.Desk.Employee(employee)!.Email, Password);

    /// <summary>A tag comes onto the lead or goes: the card looks different and stays where it is.</summary>
    public Task ChangeAsync()
    {
        _isOn = !_isOn;
        return Server.AskAsync($"{(_isOn ? "tag" : "untag")} {LeadId} {_desk.Desk.Tags.First(t => t.Name == "Newsletter").Id.Value} {_desk.Manager.Id!.Value.Value}");
    }

    /// <summary>The same on any lead: on where it is off, off where it is on.</summary>
    public async Task ChangeAsync(long lead)
    {
        var what = $"{lead} {_desk.Desk.Tags.First(t => t.Name == "Newsletter").Id.Value} {_desk.Manager.Id!.Value.Value}";
        if (_on.Remove(lead))
        {
            await Server.AskAsync($"untag {what}");
            return;
        }

        _on.Add(lead);
        try
        {
            await Server.AskAsync($"tag {what}");
        }
        catch (InvalidOperationException)
        {
            await ChangeAsync(lead);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _desk.DisposeAsync();
    }
}
