using Microsoft.AspNetCore.Identity;

namespace LeadDesk.App.Storage;

/// <summary>How an employee signs in. Keyed by the employee's id; roles are the employee's own.</summary>
public sealed class Account : IdentityUser<long>;
