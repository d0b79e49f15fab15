using System.Net;
using System.Net.Mail;

namespace Parallax.Dashboard.Alerts.Channels;

/// <summary>Where e-mail is handed in, and for whom.</summary>
/// <param name="Password">A secret; null where the server asks for none.</param>
/// <param name="UsesTls">STARTTLS before anything is said. Port 465's TLS from the first byte is not spoken.</param>
public sealed record EmailTerms(string Host, int Port, bool UsesTls, string From, IReadOnlyList<string> To, string? User, string? Password)
{
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>E-mail over SMTP.</summary>
/// <remarks>By the framework's client: the library usually advised beside it is not to be had where this is built (docs/concepts/alerts.md).</remarks>
public sealed class EmailChannel(EmailTerms terms) : IAlertChannel
{
    private const int LengthMax = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "email";

    public async Task SendAsync(AlertMessage message, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var smtp = new SmtpClient(terms.Host, terms.Port) { EnableSsl = terms.UsesTls };
        if (terms.User is not null)
        {
            smtp.Credentials = new NetworkCredential(terms.User, terms.Password);
        }

        using var mail = new MailMessage { From = new MailAddress(terms.From), Subject = message.Title, Body = message.Body(LengthMax) };
        foreach (var to in terms.To)
        {
            mail.To.Add(to);
        }

        try
        {
            await smtp.SendMailAsync(mail, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ChannelException($"{terms.Host} did not take the e-mail in time.");
        }
        catch (SmtpException wrong)
        {
            // The server's own words may repeat what it was given.
            throw new ChannelException($"{terms.Host} did not take the e-mail ({wrong.StatusCode}).");
        }
    }
}
