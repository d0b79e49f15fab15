using System.Text.Json.Nodes;
using Parallax.Cli.Tests.Systems;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Execution;

namespace Parallax.Cli.Tests.Compare;

/// <summary>A session's journal beside the replay of its tape: the same to the byte, or every difference named.</summary>
public sealed class CompareVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-compare-").FullName;

    private string Journal => Path.Combine(_folder, "journal");

    [Fact]
    public async Task Each_of_two_sessions_in_one_journal_replays_without_a_difference()
    {
        var sessions = new[] { await TradeAsync(), await TradeAsync() };

        foreach (var session in sessions)
        {
            var run = await CommandLine.RunAsync("compare", "--live", Journal, "--replay", session.Tape!, "--json");
            var text = await CommandLine.RunAsync("compare", "--live", Journal, "--replay", session.Tape!);

            Assert.Equal(("", ExitCodes.Done, ExitCodes.Done), (run.Error, run.ExitCode, text.ExitCode));
            var json = JsonNode.Parse(run.Output)!;
            Assert.True((bool)json["same"]!);
            Assert.Equal(session.Last.Session, (int)json["session"]!);
            Assert.True((long)json["records"]! > 10 && (long)json["plans"]! > 0);
            Assert.All(json["kinds"]!.AsArray(), kind => Assert.Equal((0, 0), ((int)kind!["only_live"]!, (int)kind["only_replay"]!)));
            Assert.Contains("No difference", text.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_fill_at_another_price_is_found_in_the_record_the_price_the_plan_and_the_pnl()
    {
        var session = await TradeAsync();
        var changed = Changed(session.Tape!);

        var run = await CommandLine.RunAsync("compare", "--live", Journal, "--replay", changed, "--json");
        var text = await CommandLine.RunAsync("compare", "--live", Journal, "--replay", changed);

        Assert.Equal((ExitCodes.Failed, ExitCodes.Failed), (run.ExitCode, text.ExitCode));
        var json = JsonNode.Parse(run.Output)!;
        var first = json["first_difference"]!;
        Assert.Equal(("order-event", "order-event"), ((string)first["live"]!["record"]!, (string)first["replay"]!["record"]!));
        Assert.NotEqual((string)first["live"]!["says"]!, (string)first["replay"]!["says"]!);
        var figures = json["plan_differences"]!.AsArray();
        var price = Assert.Single(figures, figure => ((string)figure!["what"]!).EndsWith(" price", StringComparison.Ordinal));
        Assert.True(Decimal(price!["by"]) > 0m);
        Assert.Contains(figures, figure => (string)figure!["what"]! == "realised USD");
        var pnl = Assert.Single(json["pnl"]!.AsArray())!;
        Assert.True(Decimal(pnl["live"]) > Decimal(pnl["replay"]));
        Assert.Contains("differs from record", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_whose_end_a_crash_took_is_compared_as_far_as_it_reaches()
    {
        var session = await TradeAsync();
        var segment = Directory.EnumerateFiles(Journal, "*.journal").Order(StringComparer.Ordinal).Last();
        using (var file = new FileStream(segment, FileMode.Open))
        {
            // The seal and the session's last record.
            file.SetLength(file.Length - 200);
        }

        var run = await CommandLine.RunAsync("compare", "--live", Journal, "--replay", session.Tape!, "--json");

        var json = JsonNode.Parse(run.Output)!;
        Assert.Equal((ExitCodes.Done, false, true), (run.ExitCode, (bool)json["ended_in_order"]!, (bool)json["same"]!));
    }

    [Fact]
    public async Task A_tape_of_a_market_and_a_session_of_another_journal_are_refused_with_a_sentence()
    {
        var session = await TradeAsync();
        var market = Path.Combine(_folder, "market.tape");
        using (var tape = new TapeWriter(market))
        {
            tape.Append(new RecordHeader { Kind = 1, ReceivedTime = 1 }, [0, 0, 0, 0, 0, 0, 0, 0]);
        }

        (await CommandLine.RunAsync("compare", "--live", Journal, "--replay", market)).IsOneSentence(ExitCodes.WrongUsage, "no session");
        var other = Directory.CreateTempSubdirectory("parallax-compare-").FullName;
        try
        {
            await SeededSession.RunAsync(other, (running, seeded) => seeded.UntilAsync(() => running.Current.State == TradingState.Running));
            await SeededSession.RunAsync(other, (running, seeded) => seeded.UntilAsync(() => running.Current.State == TradingState.Running));
            var tape = Path.Combine(other, "tapes", "session-2.tape");
            (await CommandLine.RunAsync("compare", "--live", Journal, "--replay", tape)).IsOneSentence(ExitCodes.Failed, "no session 2");
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static decimal Decimal(JsonNode? node) => decimal.Parse((string)node!, System.Globalization.CultureInfo.InvariantCulture);

    private Task<SessionReport> TradeAsync() =>
        SeededSession.RunAsync(_folder, (session, market) => market.UntilAsync(() => session.Current.Fills >= 3));

    /// <summary>The same tape, but the venue says that the last buy for USD was filled a tick dearer.</summary>
    private string Changed(string path)
    {
        var changed = Path.Combine(_folder, "changed.tape");
        using var tape = TapeFile.Open(path);
        using var copy = new TapeWriter(changed);
        var last = Buys(tape).Last();
        var cursor = tape.Cursor();
        while (cursor.TryRead(out var record))
        {
            if (record.Header.Sequence == last.Sequence)
            {
                var told = last.Told with { Fill = last.Told.Fill with { PriceTicks = last.Told.Fill.PriceTicks + 1 } };
                copy.Append(told.Header(record.Header.VenueTime, record.Header.ReceivedTime), told.Write(new PayloadWriter()));
            }
            else
            {
                copy.Append(record.Header, record.Payload);
            }
        }

        return changed;
    }

    private static List<(ulong Sequence, OrderEvent Told)> Buys(TapeFile tape)
    {
        var buys = new List<(ulong, OrderEvent)>();
        var quotes = new Dictionary<ushort, Asset>();
        var cursor = tape.Cursor();
        while (cursor.TryRead(out var record))
        {
            if (record.Header.Kind == MarketRecordKind.Instrument)
            {
                quotes[record.Header.Subject] = InstrumentRecord.Read(record.Payload).Quote;
            }
            else if (record.Header.Kind == OrderEvent.RecordKind
                && OrderEvent.Read(record) is { Type: OrderEventType.Filled, Side: Side.Buy } told && quotes[told.Instrument] == new Asset("USD"))
            {
                buys.Add((record.Header.Sequence, told));
            }
        }

        return buys;
    }
}
