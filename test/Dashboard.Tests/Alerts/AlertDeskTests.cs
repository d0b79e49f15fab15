using Parallax.Dashboard.Alerts;
using Parallax.Dashboard.Alerts.Channels;
using Parallax.Dashboard.Alerts.Telegram;
using static Parallax.Dashboard.Tests.Alerts.Patience;

namespace Parallax.Dashboard.Tests.Alerts;

public sealed class AlertDeskTests : IDisposable
{
    private const string Token = "123456:canary-of-the-bot";

    private readonly AlertJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task What_stops_trading_is_told_and_everyday_is_not()
    {
        await using var service = await MessengerDouble.StartAsync();
        await using var desk = Desk(Discord(service));

        _journal.Everyday();
        _journal.Kill("enough\r\n@everyone for today");

        await UntilAsync(() => service.Posts.Count == 1);
        Assert.Matches("""^test\n\d\d:\d\d:\d\d\.\d{3} ‼ Trading was stopped \(page\): enough  @everyone for today$""", service.Texts[0]);
        Assert.Contains("\"allowed_mentions\":{\"parse\":[]}", service.Posts[0].Body, StringComparison.Ordinal);
        await UntilAsync(() => desk.Health[0] is { Sent: 1, Failures: 0, Trouble: null });
    }

    [Fact]
    public async Task E15_A_channel_that_is_down_holds_up_no_other_and_tells_what_it_missed_when_it_is_back()
    {
        await using var working = await MessengerDouble.StartAsync();
        await using var broken = await MessengerDouble.StartAsync();
        broken.Answer = () => (502, "<html>bad gateway</html>");
        await using var desk = Desk(Telegram(broken), Discord(working));

        _journal.Halt("first");
        await UntilAsync(() => working.Posts.Count == 1 && desk.Health[0].Failures >= 2);
        Assert.Equal("127.0.0.1 refused the message (502 BadGateway).", desk.Health[0].Trouble);
        _journal.Halt("second");
        await UntilAsync(() => working.Posts.Count == 2);

        broken.Answer = () => (200, """{"ok":true,"result":{}}""");
        await UntilAsync(() => desk.Health[0].Sent == 2);
        Assert.True(desk.Health[0].IsWorking);
        Assert.Contains("first", broken.Texts[^1], StringComparison.Ordinal);
        Assert.Equal(2, working.Posts.Count);
    }

    [Fact]
    public async Task The_next_session_tells_what_this_one_could_not_and_nothing_twice()
    {
        await using var service = await MessengerDouble.StartAsync();
        await using (var desk = Desk(Discord(service)))
        {
            _journal.Halt("told");
            await UntilAsync(() => desk.Health[0].Sent == 1);
        }

        service.Answer = () => (500, "");
        await using (var desk = Desk(Discord(service)))
        {
            _journal.Halt("not told");
            await UntilAsync(() => desk.Health[0].Failures > 0);
        }

        service.Answer = () => (204, "");
        var before = service.Posts.Count;
        await using (var desk = Desk(Discord(service)))
        {
            await UntilAsync(() => desk.Health[0].Sent == 1);
        }

        Assert.Equal(["not told"], service.Texts.Skip(before).Select(text => text.Split(": ")[^1]));
    }

    [Fact]
    public async Task The_end_of_a_session_tells_what_its_journal_still_holds()
    {
        await using var service = await MessengerDouble.StartAsync();
        var desk = Desk(new AlertOptions { Origin = "test", Pause = TimeSpan.FromHours(1) }, Discord(service));
        _journal.Halt("at the very end");

        await desk.DisposeAsync();

        Assert.Contains("at the very end", Assert.Single(service.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_grew_too_old_is_counted_and_not_sent_but_history_is_not_even_counted()
    {
        await using var service = await MessengerDouble.StartAsync();
        _journal.Halt("history", TimeProvider.System.GetUtcNow().AddHours(-2));
        await using (var first = Desk(Discord(service)))
        {
            _journal.Halt("news");
            await UntilAsync(() => first.Health[0].Sent == 1);
            Assert.Equal(0, first.Health[0].Expired);
        }

        _journal.Halt("told two hours later");
        var later = new ShiftedTime(Domain.UtcNanos.From(TimeProvider.System.GetUtcNow().AddHours(2)).Value);
        await using var second = new AlertDesk([Discord(service)], _journal.Folder, _journal.Data, Quick, later);
        await UntilAsync(() => second.Health[0].Expired == 1);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task A_storm_is_told_in_few_messages_and_the_rest_is_counted()
    {
        await using var service = await MessengerDouble.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            _journal.Halt($"{i} {new string('x', 300)}");
        }

        await using var desk = Desk(Discord(service));
        await UntilAsync(() => desk.Health[0].Sent == 100);
        Assert.Equal(5, service.Posts.Count);
        Assert.All(service.Texts, text => Assert.True(text.Length <= 2_000 && text.Contains("… and ", StringComparison.Ordinal), text));
    }

    [Fact]
    public async Task A_service_that_asks_for_a_pause_is_heard_and_no_trouble_holds_a_secret()
    {
        await using var service = await MessengerDouble.StartAsync();
        service.Answer = () => (429, """{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":17}}""");
        using var telegram = Telegram(service);
        var fromTelegram = await Assert.ThrowsAsync<ChannelException>(() => telegram.SendAsync(Message(), default));
        Assert.Equal(TimeSpan.FromSeconds(17), fromTelegram.RetryAfter);

        service.Answer = () => (429, """{"message":"You are being rate limited.","retry_after":0.65,"global":false}""");
        using var discord = Discord(service);
        var fromDiscord = await Assert.ThrowsAsync<ChannelException>(() => discord.SendAsync(Message(), default));
        Assert.Equal(TimeSpan.FromMilliseconds(650), fromDiscord.RetryAfter);

        await service.DisposeAsync();
        var gone = await Assert.ThrowsAsync<ChannelException>(() => telegram.SendAsync(Message(), default));
        Assert.All([fromTelegram, fromDiscord, gone], wrong => Assert.DoesNotContain("canary", wrong.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_has_one_subject_line_and_goes_to_everybody()
    {
        using var server = new MailDouble();
        var channel = new EmailChannel(new EmailTerms("127.0.0.1", server.Port, false, "desk@example.org", ["a@example.org", "b@example.org"], null, null));

        await channel.SendAsync(Message(), default);

        await UntilAsync(() => server.Letters.Count == 1);
        var letter = server.Letters[0];
        Assert.Contains("RCPT TO:<a@example.org>", letter, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<b@example.org>", letter, StringComparison.Ordinal);
        Assert.Single(letter.Split('\n'), line => line.StartsWith("Subject: ", StringComparison.Ordinal));
        Assert.DoesNotContain("\nBcc: ", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_refuses_is_a_trouble_without_its_words()
    {
        using var server = new MailDouble { RefusesAll = true };
        var channel = new EmailChannel(new EmailTerms("127.0.0.1", server.Port, false, "desk@example.org", ["a@example.org"], null, null));

        var wrong = await Assert.ThrowsAsync<ChannelException>(() => channel.SendAsync(Message(), default));

        Assert.Equal("127.0.0.1 did not take the e-mail (MailboxUnavailable).", wrong.Message);
    }

    private static AlertMessage Message() => new("test", [new Alert(1, 0, new Trading.Decisions.Notable("halted", Trading.Decisions.Weight.Critical, "one\r\nBcc: all@example.org"))]);

    private static DiscordChannel Discord(MessengerDouble service) => new(new Uri(service.Address, "/api/webhooks/1/canary-of-the-webhook"));

    private static TelegramChannel Telegram(MessengerDouble service) => new(new TelegramBot(service.Address, Token), -100);

    private static AlertOptions Quick => new()
    {
        Origin = "test",
        Pause = TimeSpan.FromMilliseconds(5),
        Retry = TimeSpan.FromMilliseconds(5),
        RetryMax = TimeSpan.FromMilliseconds(40),
    };

    private AlertDesk Desk(params IAlertChannel[] channels) => Desk(Quick, channels);

    private AlertDesk Desk(AlertOptions options, params IAlertChannel[] channels) => new(channels, _journal.Folder, _journal.Data, options, TimeProvider.System);
}
