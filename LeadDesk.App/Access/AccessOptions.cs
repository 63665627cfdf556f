namespace LeadDesk.App.Access;

/// <summary>Settings under <c>Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>How often one address may post a password within a minute, right or wrong.</summary>
    public int SignInsPerMinute { get; set; } = 500;

    /// <summary>How many screens one person may have open at once.</summary>
    public int ScreensPerPerson { get; set; } = 500;
}

/// <summary>An account that the sign-in page offers as a button; only a demo desk has any.</summary>
public sealed record DemoAccount(string Word, string Email, string Password);

/// <summary>What the sign-in page offers beside its form.</summary>
public sealed class SignInPage
{
    public IReadOnlyList<DemoAccount> Demo { get; set; } = [];
}
