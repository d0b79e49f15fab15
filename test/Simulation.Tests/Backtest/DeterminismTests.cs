using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Simulation.Faults;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Venue;
using Parallax.Testing;
using Parallax.Trading.Decisions;

namespace Parallax.Simulation.Tests.Backtest;

/// <summary>Same tape, same settings, same journal; and nothing that comes later changes what was decided before.</summary>
public sealed class DeterminismTests
{
    private static readonly MarketTerms Terms = new() { Seed = 11, Instruments = 8, EventsPerSecond = 200, MispricingsPerMinute = 600, MispricingFeeBps = 12, MispricingMarginBps = (5, 60) };

    private static readonly OrderFaultRates Faults = new() { Reject = 0.1, RequestLoss = 0.1, ResponseLoss = 0.1 };

    [Fact]
    public void Playing_a_tape_twice_gives_the_same_journal_to_the_byte()
    {
        using var play = new TapePlay(Write);

        var (first, second) = (Play(play), Play(play));

        Assert.True(first.All<PlanOpened>().Count >= 5, $"{first.All<PlanOpened>().Count} plans in {first.Count} records: {string.Join(", ", first.All<TradingHalted>())}");
        Assert.True(first.Count == second.Count && first.StartsLike(second, first.Count));
    }

    [Fact]
    public void Two_tapes_of_one_seed_give_the_same_journal()
    {
        using var one = new TapePlay(Write);
        using var other = new TapePlay(Write);

        var (first, second) = (Play(one), Play(other));

        Assert.True(first.Count == second.Count && first.StartsLike(second, first.Count));
    }

    [Fact]
    public void A_journal_on_disk_has_the_hash_of_one_that_is_not_kept()
    {
        using var play = new TapePlay(Write);
        var folder = Directory.CreateTempSubdirectory("parallax-").FullName;
        try
        {
            using var kept = JournalWriter.Create(Path.Combine(folder, "run.journal"));
            using var hashed = JournalWriter.HashOnly();
            Play(play, kept);
            Play(play, hashed);

            Assert.Equal(kept.Close(), hashed.Close());
            Assert.Equal(hashed.ChainHash, JournalCheck.Run(Path.Combine(folder, "run.journal")).ChainHash);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Any_other_setting_gives_another_journal()
    {
        using var play = new TapePlay(Write);

        var (first, second) = (Play(play), Play(play, latencyMs: 6));

        Assert.False(first.Count == second.Count && first.StartsLike(second, first.Count));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void What_happens_later_changes_no_decision_before(double share)
    {
        var moment = Terms.StartTime + (long)(share * 12 * UtcNanos.PerSecond);
        using var truth = new TapePlay(Write);
        using var lie = new TapePlay(tape => Write(new Perturbed(tape, moment)));

        var (told, lied) = (Play(truth), Play(lie));

        var before = 0;
        while (before < told.Count && told[before].Header.ReceivedTime <= moment)
        {
            before++;
        }

        Assert.True(before > 20 && before < told.Count, $"{before} of {told.Count} records");
        Assert.True(told.StartsLike(lied, before), "A decision changed with the records after it.");
        Assert.False(told.Count == lied.Count && told.StartsLike(lied, told.Count));
    }

    private static void Write(IRecordSink tape) => new MarketGenerator(Terms).WriteUntil(Terms.StartTime + (12 * UtcNanos.PerSecond), tape);

    private static RecordList Play(TapePlay play, long latencyMs = 5)
    {
        var journal = new RecordList();
        Play(play, journal, latencyMs);
        return journal;
    }

    private static void Play(TapePlay play, IRecordSink journal, long latencyMs = 5) => play.Run(
        TapePlay.Settings(new FeeTerms(0.001m, FeeMode.Receive), ("USD", 50_000m), ("USDT", 20_000m)),
        journal,
        latencyMs * UtcNanos.PerMillisecond,
        new SeededOrderFaults(Faults, seed: 3),
        new SimulatedVenueTerms { DeadlineNanos = UtcNanos.PerSecond / 2 },
        seed: 3);

    /// <summary>Doubles every quantity in the books of all that happens after a moment.</summary>
    private sealed class Perturbed(IRecordSink inner, long moment) : IRecordSink
    {
        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            if (header.VenueTime <= moment || header.Kind is not (MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot))
            {
                inner.Append(header, payload);
                return;
            }

            var levels = new List<BookLevel>();
            foreach (var level in BookRecord.Levels(payload))
            {
                levels.Add(new BookLevel(level.Side, level.PriceTicks, level.QuantityLots * 2));
            }

            inner.Append(header, BookRecord.Payload([.. levels]));
        }
    }
}
