using System.Text;
using LeadDesk.Domain.People;
using MimeKit;

namespace LeadDesk.App.Notifications;

/// <summary>One mail to one person. Names come from anywhere, so nothing of them ends a header.</summary>
internal static class MailLetter
{
    private const int LongestSubject = 150;

    /// <param name="lines">Sentence and link of each notice, newest first.</param>
    public static MimeMessage Write(Employee to, IReadOnlyList<(string Sentence, string Href)> lines, MailOptions options)
    {
        var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.Add(new MailboxAddress(OneLine(to.Name), to.Email.Trim()));
        var subject = lines.Count == 1 ? OneLine(lines[0].Sentence) : $"{lines.Count} notices from LeadDesk";
        message.Subject = subject.Length <= LongestSubject ? subject : $"{subject[..LongestSubject].TrimEnd()}…";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = Body(lines, options.DeskAddress?.TrimEnd('/')) };
        return message;
    }

    private static string Body(IReadOnlyList<(string Sentence, string Href)> lines, string? desk)
    {
        var text = new StringBuilder();
        foreach (var (sentence, href) in lines)
        {
            text.AppendLine(OneLine(sentence));
            if (desk is not null)
            {
                text.Append(desk).Append('/').AppendLine(href);
            }

            text.AppendLine();
        }

        return text.AppendLine("You get this because you switched \"also by mail\" on. Switch it off behind the bell in LeadDesk.").ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
}
