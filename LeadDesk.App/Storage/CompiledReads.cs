using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>What almost every transaction reads while others wait for it, translated once. Belongs to one desk, whose model it was compiled for.</summary>
public sealed class CompiledReads
{
    private readonly Func<LeadDeskDb, EmployeeId, CancellationToken, Task<Employee?>> _employee = EF.CompileAsyncQuery(
        (LeadDeskDb db, EmployeeId id, CancellationToken _) => db.Employees.AsNoTracking().FirstOrDefault(e => e.Id == id));

    private readonly Func<LeadDeskDb, LeadId, CancellationToken, Task<Lead?>> _lead = EF.CompileAsyncQuery(
        (LeadDeskDb db, LeadId id, CancellationToken _) => db.Leads.Include(l => l.Tags).FirstOrDefault(l => l.Id == id));

    private readonly Func<LeadDeskDb, LeadId, CancellationToken, Task<Lead?>> _leadAlone = EF.CompileAsyncQuery(
        (LeadDeskDb db, LeadId id, CancellationToken _) => db.Leads.AsNoTracking().FirstOrDefault(l => l.Id == id));

    private readonly Func<LeadDeskDb, StageId, CancellationToken, Task<Stage?>> _stage = EF.CompileAsyncQuery(
        (LeadDeskDb db, StageId id, CancellationToken _) => db.Stages.AsNoTracking().FirstOrDefault(s => s.Id == id));

    public Task<Employee?> EmployeeAsync(LeadDeskDb db, EmployeeId id, CancellationToken ct) => _employee(db, id, ct);

    /// <summary>With its tags.</summary>
    public Task<Lead?> LeadAsync(LeadDeskDb db, LeadId id, CancellationToken ct) => _lead(db, id, ct);

    /// <summary>Without its tags, and not tracked.</summary>
    public Task<Lead?> LeadAloneAsync(LeadDeskDb db, LeadId id, CancellationToken ct) => _leadAlone(db, id, ct);

    public Task<Stage?> StageAsync(LeadDeskDb db, StageId id, CancellationToken ct) => _stage(db, id, ct);
}
