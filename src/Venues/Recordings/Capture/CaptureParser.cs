using System.Text;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>The lines of a captured session, already in the order of their times: a header, HTTP answers, and received frames.</summary>
internal sealed class CaptureParser(string file, ImportContext context, CaptureParser.Memory memory) : ILineParser
{
    private readonly CaptureLine _line = new();
    private readonly ReceivedClock _clock = new();
    private ICapturedVenue? _venue;
    private string? _exchange;

    public void Parse(ReadOnlySpan<byte> line, long lineNumber, MessageQueue output)
    {
        _line.Read(line);
        switch (_line.Kind)
        {
            case CaptureLineKind.Header:
                Begin();
                break;
            case CaptureLineKind.Http:
                _clock.Advance(_line.Time!.Value);
                Venue().TakeHttp(_line.Url, _line.Data, _line.Time.Value, lineNumber, output);
                break;
            case CaptureLineKind.Received:
                _clock.Advance(_line.Time!.Value);
                Venue().TakeFrame(_line.Data, _line.Time.Value, lineNumber, output);
                break;
        }
    }

    public void End(MessageQueue output) => _venue?.End();

    private void Begin()
    {
        var exchange = Encoding.UTF8.GetString(_line.Exchange);
        if (_exchange is not null && _exchange != exchange)
        {
            throw new RecordingException($"{file}: holds sessions of {_exchange} and {exchange}; a capture is of one exchange.");
        }

        _exchange = exchange;
        memory.Venues ??= CapturedVenues.Find(file, exchange, context);
        _venue ??= memory.Venues();
    }

    private ICapturedVenue Venue() => _venue ?? throw new BadLineException("stands before the capture's header, which names the exchange");

    /// <summary>What the first pass finds out about a capture for the second.</summary>
    internal sealed class Memory
    {
        public Func<ICapturedVenue>? Venues { get; set; }
    }
}
