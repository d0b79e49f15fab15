using Parallax.Dashboard.Alerts.Telegram;
using Parallax.Domain;
using static Parallax.Dashboard.Tests.Alerts.Patience;

namespace Parallax.Dashboard.Tests.Alerts;

[Collection(DeskTests.Name)]
public sealed class TelegramCommandsTests(DeskFixture fixture) : IDisposable
{
    private const long Chat = 42;
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-telegram-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_kill_from_the_chat_kills_and_is_answered()
    {
        var session = Session();
        await using var service = await MessengerDouble.StartAsync();
        await ListenAsync(service, session, [Update(7, Chat, "/kill@desk_bot too quiet", 1)], () => service.Posts.Count == 1);

        Assert.Equal(["kill by telegram: too quiet"], session.Commands);
        Assert.Contains("\"chat_id\":42", service.Posts[0].Body, StringComparison.Ordinal);
        Assert.Equal("Trading is stopped; the journal holds it.", service.Texts[0]);
    }

    [Fact]
    public async Task E16_A_command_from_an_unknown_chat_is_not_answered_and_the_journal_keeps_that_it_came()
    {
        var session = Session();
        await using var service = await MessengerDouble.StartAsync();
        await ListenAsync(
            service, session, [Update(7, 666, "/kill\n\u001b[2Jnow", 1), Update(8, Chat, "/status", 1)], () => service.Posts.Count == 1);

        Assert.Equal(["refused unknown chat 666: /kill  [2Jnow (telegram)"], session.Commands);
        Assert.StartsWith("demo: ", service.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task E16_An_update_that_comes_again_is_obeyed_once_also_after_a_restart()
    {
        var session = Session();
        await using var service = await MessengerDouble.StartAsync();
        var again = new[] { Update(7, Chat, "/kill now", 1), Update(7, Chat, "/kill now", 1) };
        // Whatever offset is asked for: a service that forgets what it told.
        await ListenAsync(service, session, again, () => service.Posts.Count == 1);
        await ListenAsync(service, session, [.. again, Update(8, Chat, "/status", 1)], () => service.Posts.Count == 2);

        Assert.Equal(["kill by telegram: now"], session.Commands);
    }

    [Fact]
    public async Task E16_A_command_that_waited_too_long_is_refused_and_said_to_be()
    {
        var session = Session();
        await using var service = await MessengerDouble.StartAsync();
        await ListenAsync(service, session, [Update(7, Chat, "/kill now", 61), Update(8, Chat, "/kill in an hour", -3_600)], () => service.Posts.Count == 2);

        Assert.Collection(
            session.Commands,
            old => Assert.Matches(@"^refused 1 min \d\d s old: /kill now \(telegram\)$", old),
            early => Assert.Equal("refused from the future: /kill in an hour (telegram)", early));
        Assert.All(service.Texts, text => Assert.StartsWith("That command is too old", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_from_strangers_does_not_flood_the_journal_and_chatter_is_no_command()
    {
        var session = Session();
        await using var service = await MessengerDouble.StartAsync();
        var flood = Enumerable.Range(1, 500).Select(i => Update(i, 666, $"/kill {i}", 1)).Append(Update(501, Chat, "hello", 1)).Append(Update(502, Chat, "/help", 1));
        await ListenAsync(service, session, [.. flood], () => service.Posts.Count == 1);

        // Two minutes may have been touched.
        Assert.InRange(session.Commands.Count, 20, 40);
        Assert.StartsWith("/status shows", service.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telegram_out_of_reach_is_a_trouble_and_ends_by_itself()
    {
        var session = Session();
        await using var service = await MessengerDouble.StartAsync();
        service.Updates = _ => "\"no list\"";
        using var stop = new CancellationTokenSource();
        using var bot = new TelegramBot(service.Address, "token");
        var commands = new TelegramCommands(bot, Chat, session, Path.Combine(_folder, "place"), new ShortPauses());
        var running = commands.RunAsync(stop.Token);

        await UntilAsync(() => commands.Health.Trouble == "127.0.0.1 answered with something else than updates.");
        service.Updates = _ => "[]";
        await UntilAsync(() => commands.Health.IsWorking);
        await stop.CancelAsync();
        await running;
    }

    private StandingSession Session() => new(fixture.Run.Picture, new ShiftedTime(fixture.Run.Picture.Time));

    private static string Update(long id, long chat, string text, int secondsOld) => System.Text.Json.JsonSerializer.Serialize(new
    {
        update_id = id,
        message = new { message_id = 1, date = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - secondsOld, chat = new { id = chat, type = "private" }, text },
    });

    private async Task ListenAsync(MessengerDouble service, StandingSession session, string[] updates, Func<bool> until)
    {
        service.Updates = _ => $"[{string.Join(',', updates)}]";
        using var stop = new CancellationTokenSource();
        using var bot = new TelegramBot(service.Address, "token");
        var running = new TelegramCommands(bot, Chat, session, Path.Combine(_folder, "place"), TimeProvider.System).RunAsync(stop.Token);
        await UntilAsync(until);
        await stop.CancelAsync();
        await running;
    }

    /// <summary>The machine's clock, on which every pause is over at once.</summary>
    private sealed class ShortPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
