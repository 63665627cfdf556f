using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>For desks that outgrew one process.</summary>
public sealed class PostgresLeadDeskDb(DbContextOptions<PostgresLeadDeskDb> options) : LeadDeskDb(options);
