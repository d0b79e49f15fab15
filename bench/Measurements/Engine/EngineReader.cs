using Parallax.Journal.Chain;
using Parallax.Measurements.Replay;
using Parallax.Simulation.Venue;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Measurements.Engine;

/// <summary>R1: raw frames through the parser into the whole engine, its journal hashed.</summary>
public sealed class EngineReader : IDisposable
{
    private readonly KrakenRecording _recording;
    private readonly FrameParser _parser;
    private readonly JournalWriter _journal = JournalWriter.HashOnly();

    public EngineReader(KrakenRecording recording)
    {
        _recording = recording;
        var instruments = recording.Stream.Instruments;
        _parser = new FrameParser(SymbolTable.Of(instruments));
        Engine = new TradingEngine(ReplaySystem.Settings, ReplaySystem.Venue(instruments, new VenueClock()), _journal);
        KrakenRecording.Define(instruments, recording.ReceivedTimes[0], Engine);
    }

    public TradingEngine Engine { get; }

    public long BadChecksums => Engine.Markets.Books.Sum(book => book.ChecksumMismatches);

    public void Read(int from, int to)
    {
        var stream = _recording.Stream;
        for (var i = from; i < to; i++)
        {
            _parser.Parse(stream[i], _recording.ReceivedTimes[i], Engine);
        }
    }

    /// <returns>The hash of the journal.</returns>
    public string End()
    {
        Engine.End();
        return _journal.Close();
    }

    public void Dispose() => _journal.Dispose();
}
