using System.Text.Json.Nodes;
using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Tests.Systems;

/// <summary>What an operator decides about breakers, residuals and balances of a session that runs.</summary>
public sealed class SessionActionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-actions-").FullName;

    [Fact]
    public async Task A_breaker_is_opened_and_closed_the_journal_says_who_and_the_tape_replays()
    {
        var report = await SeededSession.RunAsync(_folder, async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.Fills >= 3);
            var tripped = await ActAsync(session, new OperatorAction.SwitchBreaker("strategy:cycles", IsTrip: true), "a look");
            Assert.True(tripped.IsDone, tripped.Sentence);
            Assert.Contains("is open: no plan is opened", tripped.Sentence, StringComparison.Ordinal);
            Assert.Equal(BreakerState.Open, Breaker(session).State);
            Assert.Equal("manual", Breaker(session).TrippedBy);
            await market.UntilAsync(() => session.Current.Refused.GetValueOrDefault("circuit-open") > 0);

            Assert.True((await ActAsync(session, new OperatorAction.SwitchBreaker("strategy:cycles", IsTrip: false), "seen enough")).IsDone);
            Assert.Equal(BreakerState.Closed, Breaker(session).State);
            var fills = session.Current.Fills;
            await market.UntilAsync(() => session.Current.Fills > fills);
        });

        Assert.Equal(
            [("strategy:cycles", true, "a look", "test"), ("strategy:cycles", false, "seen enough", "test")],
            Commands(Path.Combine(_folder, "journal")).Select(command => (command.Scope, command.IsTrip, command.Reason, command.Who)));
        var replayed = JsonNode.Parse((await CommandLine.RunAsync("backtest", report.Tape!, "--json")).Output)!;
        Assert.Equal(report.SessionHash, (string)replayed["journal_hash"]!);
    }

    [Fact]
    public async Task What_does_not_exist_is_said_and_nothing_reaches_the_journal()
    {
        await SeededSession.RunAsync(_folder, async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            await RefusedAsync(session, new OperatorAction.SwitchBreaker("venue:nowhere", IsTrip: true), "no breaker 'venue:nowhere'", "strategy:cycles", "venue:");
            await RefusedAsync(session, new OperatorAction.WorkOffResidual(7, "x"), "No residual has number 7", "none is listed");
            await RefusedAsync(session, new OperatorAction.WriteOffResidual(7, "x"), "No residual has number 7");
            await RefusedAsync(session, new OperatorAction.AcceptBalance(new Asset("BTC"), null, "x"), "No balance of BTC differs", "nor any other");
            Assert.Contains("one line", (await ActAsync(session, new OperatorAction.SwitchBreaker("global", IsTrip: true), "two\nlines")).Sentence, StringComparison.Ordinal);
        });

        Assert.Empty(Commands(Path.Combine(_folder, "journal")));
    }

    [Fact]
    public async Task After_the_end_nothing_is_decided_any_more()
    {
        LiveSession? ended = null;
        await SeededSession.RunAsync(_folder, async (session, market) =>
        {
            ended = session;
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
        });

        var answer = await ActAsync(ended!, new OperatorAction.SwitchBreaker("global", IsTrip: true), "late");
        Assert.False(answer.IsDone);
        Assert.Contains("over", answer.Sentence, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static BreakerView Breaker(LiveSession session) => session.Current.Breakers.Single(breaker => breaker.Name == "strategy:cycles");

    private static Task<OperatorAnswer> ActAsync(LiveSession session, OperatorAction action, string reason) => session.ActAsync(action, reason, "test", default);

    private static async Task RefusedAsync(LiveSession session, OperatorAction action, params string[] saying)
    {
        var answer = await ActAsync(session, action, "a test");
        Assert.True(answer is { IsDone: false, IsUnknown: true }, answer.Sentence);
        Assert.All(saying, text => Assert.Contains(text, answer.Sentence, StringComparison.Ordinal));
    }

    private static List<BreakerCommand> Commands(string journal)
    {
        var found = new List<BreakerCommand>();
        using var reader = JournalReader.Open(journal);
        while (reader.TryRead(out var record))
        {
            if (record.Header.Kind == RiskInput.Breaker)
            {
                found.Add(BreakerCommand.Read(record));
            }
        }

        return found;
    }
}
