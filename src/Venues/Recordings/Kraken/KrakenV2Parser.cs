using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;

namespace Parallax.Venues.Recordings.Kraken;

/// <summary>One raw WebSocket v2 frame a line, optionally preceded by its receive time.</summary>
/// <remarks>
/// Without receive times a frame stands at its own timestamp, one without timestamp at the time before it, and the first of a file at the
/// first time in the file; a recording without any time begins in 1970.
/// </remarks>
internal sealed class KrakenV2Parser(string file, ImportContext context, KrakenV2Parser.Memory memory) : ILineParser
{
    private readonly KrakenV2Frames _frames = new(context, memory.Books);
    private readonly ReceivedClock _clock = new();
    private readonly RepeatedLines _repeats = new(file, context.Log);

    public void Parse(ReadOnlySpan<byte> line, long lineNumber, MessageQueue output)
    {
        var frame = TimePrefix.Take(line, out var receivedTime);
        if (receivedTime is { } received)
        {
            _clock.Advance(received);
        }
        else if (KrakenV2Frames.TimeOf(frame) is { } own)
        {
            _clock.AdvanceTo(own);
        }

        if (_clock.Now != 0)
        {
            memory.FirstTime ??= _clock.Now;
        }

        _frames.Take(frame, _clock.Now == 0 ? memory.FirstTime ?? 0 : _clock.Now, lineNumber, output);
        if (output.Count > 0 && _repeats.IsRepeated(line, lineNumber))
        {
            output.Clear();
        }
    }

    public void End(MessageQueue output) => memory.Books.End();

    /// <summary>What the first pass finds out about a file for the second.</summary>
    internal sealed class Memory(ImportContext context)
    {
        public KrakenBooks Books { get; } = new(context);

        public long? FirstTime { get; set; }
    }
}
