using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Simulation.Faults;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Tests.Backtest;
using Parallax.Simulation.Venue;
using Parallax.Testing;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Storage.Tests.Journals;

/// <summary>The records of real backtests, one session after the other: a seeded market, the engine, a simulated venue with faults.</summary>
internal sealed class SeededJournal
{
    /// <summary>Two sessions, with plans of every outcome among them.</summary>
    public static readonly Lazy<SeededJournal> TwoSessions = new(() => new SeededJournal(sessions: 2, seconds: 40));

    private readonly List<Treasury> _treasuries = [];

    private SeededJournal(int sessions, int seconds)
    {
        for (var session = 1; session <= sessions; session++)
        {
            Play(session, seconds);
        }
    }

    public RecordList Records { get; } = new();

    /// <summary>The engine's own books at the end of each session.</summary>
    public IReadOnlyList<Treasury> Treasuries => _treasuries;

    /// <summary>Writes some of the records into a folder's journal, which it begins or continues.</summary>
    public void Write(string folder, int from = 0, int? to = null, JournalOptions? options = null)
    {
        using var writer = JournalWriter.Open(folder, options);
        Append(writer, from, to);
    }

    public void Append(JournalWriter writer, int from, int? to = null)
    {
        for (var i = from; i < (to ?? Records.Count); i++)
        {
            writer.Append(Records[i].Header, Records[i].Payload);
        }
    }

    private void Play(int session, int seconds)
    {
        var terms = new MarketTerms
        {
            Seed = 11 + (ulong)session,
            Instruments = 12,
            EventsPerSecond = 400,
            MispricingsPerMinute = 600,
            MispricingFeeBps = 12,
            MispricingMarginBps = (5, 60),
            // Twenty seconds before a minute ends, and another hour for each session.
            StartTime = (1_704_067_240 + (session * 3_660L)) * UtcNanos.PerSecond,
        };
        using var play = new TapePlay(tape => new MarketGenerator(terms).WriteUntil(terms.StartTime + (seconds * UtcNanos.PerSecond), tape));
        Engine? engine = null;
        play.Run(
            TapePlay.Settings(new FeeTerms(0.001m, FeeMode.Receive), ("USD", 50_000m), ("USDT", 20_000m)) with
            {
                Session = session,
                // As many orders as legs: a plan of the second session that fails late cannot go back, and ends with a residual.
                FollowsRefusals = true,
                Execution = new ExecutionSettings { OrdersMax = session == 2 ? 3 : 12 },
            },
            Records,
            (session == 1 ? 20 : 60) * UtcNanos.PerMillisecond,
            new SeededOrderFaults(new OrderFaultRates { Reject = 0.1, RequestLoss = 0.1, ResponseLoss = 0.1 }, seed: 3),
            new SimulatedVenueTerms { DeadlineNanos = UtcNanos.PerSecond / 2 },
            seed: (ulong)session,
            attach: running => engine = running);
        _treasuries.Add(engine!.Treasury);
    }
}
