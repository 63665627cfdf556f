namespace LeadDesk.App.Notifications;

public enum MailSecurity
{
    /// <summary>Encrypted where the server offers it.</summary>
    Auto,
    None,
    StartTls,
    Tls,
}

/// <summary>Settings under <c>Mail</c>. Without a host no mail is sent, and none is offered.</summary>
public sealed class MailOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    public MailSecurity Security { get; set; }
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>desk@example.com</c>.</summary>
    public string From { get; set; } = "leaddesk@localhost";

    /// <summary>What links in mails start with, such as <c>https://desk.example.com</c>; none leaves links out.</summary>
    public string? DeskAddress { get; set; }

    /// <summary>How often the desk looks for something to send, and tries again what could not be sent.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsOn => !string.IsNullOrWhiteSpace(Host);
}
