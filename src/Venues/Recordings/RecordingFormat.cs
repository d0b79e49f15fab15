using Parallax.Venues.Recordings.Binance;
using Parallax.Venues.Recordings.Capture;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Kraken;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Tardis;

namespace Parallax.Venues.Recordings;

/// <summary>A kind of recording that can be imported: its name and how a file of it is read.</summary>
public sealed class RecordingFormat
{
    private RecordingFormat(string name, string summary, Func<string, ImportContext, IRecordingSource> open)
    {
        Name = name;
        Summary = summary;
        Open = open;
    }

    /// <summary>As given to <c>--format</c>.</summary>
    public string Name { get; }

    /// <summary>One line for the help.</summary>
    public string Summary { get; }

    /// <summary>Every format, one line each. A new one is a folder and a line here.</summary>
    public static IReadOnlyList<RecordingFormat> All { get; } =
    [
        new("tardis-l2", "tardis.dev incremental_book_L2 CSV", Lines(context => path => new TardisBookParser(context.Listings, new ReceivedClock()))),
        new("tardis-trades", "tardis.dev trades CSV", Lines(context => path => new TardisTradeParser(path, context.Listings, new ReceivedClock(), context.Log))),
        new("kraken-v2", "Kraken WebSocket v2 frames, one a line, with or without a receive time before each", KrakenV2),
        new("binance-combined", "a receive time in ns and a Binance combined stream message a line", BinanceCombined),
        new("capture", "a captured session: header, HTTP answers and frames as JSON lines (Kraken, Binance)", (path, context) => new CaptureRecording(path, context)),
    ];

    internal Func<string, ImportContext, IRecordingSource> Open { get; }

    /// <returns><see langword="null"/> when there is no format of that name.</returns>
    public static RecordingFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    public override string ToString() => Name;

    private static LineRecording KrakenV2(string path, ImportContext context)
    {
        var memory = new KrakenV2Parser.Memory(context);
        return new LineRecording(path, context, () => new KrakenV2Parser(path, context, memory));
    }

    private static LineRecording BinanceCombined(string path, ImportContext context)
    {
        var memory = new BinanceCombinedParser.Memory();
        return new LineRecording(path, context, () => new BinanceCombinedParser(path, context, memory));
    }

    private static Func<string, ImportContext, IRecordingSource> Lines(Func<ImportContext, Func<string, ILineParser>> parser) =>
        (path, context) => new LineRecording(path, context, () => parser(context)(path));
}
