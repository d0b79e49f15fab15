using System.Text.Json;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Capture;

internal enum CaptureLineKind : byte
{
    /// <summary>A kind that holds no market data: connect, send.</summary>
    Other,
    Header,
    Http,
    Received,
}

/// <summary>One line of a captured session, taken apart. Reused for every line.</summary>
internal sealed class CaptureLine
{
    private readonly SmallText _kind = new();
    private readonly SmallText _exchange = new();
    private byte[] _data = new byte[1 << 16];
    private int _dataLength;
    private byte[] _url = new byte[1 << 12];
    private int _urlLength;

    public CaptureLineKind Kind { get; private set; }

    /// <summary>UTC nanoseconds; <see langword="null"/> in a header.</summary>
    public long? Time { get; private set; }

    public ReadOnlySpan<byte> Exchange => _exchange.Text;

    public ReadOnlySpan<byte> Url => _url.AsSpan(0, _urlLength);

    /// <summary>The frame or answer, as it came from the venue.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _dataLength);

    /// <exception cref="BadLineException">The line lacks a field it should have.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        _kind.Clear();
        _exchange.Clear();
        _dataLength = _urlLength = -1;
        Time = null;
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadLineException($"is JSON, but no object: {Excerpt.Of(line)}");
        }

        while (reader.NextField(out var name))
        {
            ReadField(ref reader, name);
        }

        Kind = _kind.Text switch
        {
            var kind when kind.SequenceEqual("header"u8) => CaptureLineKind.Header,
            var kind when kind.SequenceEqual("http"u8) => CaptureLineKind.Http,
            var kind when kind.SequenceEqual("recv"u8) => CaptureLineKind.Received,
            { IsEmpty: true } => throw new BadLineException($"is no line of a capture, for it has no \"t\": {Excerpt.Of(line)}"),
            _ => CaptureLineKind.Other,
        };
        Require(line);
    }

    /// <summary>Reads only when the line was received.</summary>
    /// <returns><see langword="null"/> for a header, and for a line that is not what it should be.</returns>
    public static long? TimeOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isTime = reader.ValueTextEquals("ts"u8);
                reader.Read();
                if (isTime)
                {
                    return ReceivedTime.TryParse(reader.ValueSpan, out var nanos) ? nanos : null;
                }

                reader.Skip();
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // Reported with its number when the line is read in its turn.
        }

        return null;
    }

    private void ReadField(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("t"u8))
        {
            _kind.Take(ref reader);
        }
        else if (name.SequenceEqual("ts"u8))
        {
            Time = ReceivedTime.TryParse(reader.ValueSpan, out var nanos)
                ? nanos
                : throw new BadLineException($"ts is unix seconds; found {Excerpt.Of(reader.ValueSpan)}");
        }
        else if (name.SequenceEqual("exchange"u8))
        {
            _exchange.Take(ref reader);
        }
        else if (name.SequenceEqual("data"u8) && reader.TokenType == JsonTokenType.String)
        {
            _dataLength = Copy(ref reader, ref _data);
        }
        else if (name.SequenceEqual("url"u8) && reader.TokenType == JsonTokenType.String)
        {
            _urlLength = Copy(ref reader, ref _url);
        }
        else
        {
            reader.Skip();
        }
    }

    private void Require(ReadOnlySpan<byte> line)
    {
        if (Kind is CaptureLineKind.Http or CaptureLineKind.Received)
        {
            if (Time is null || _dataLength < 0 || (Kind == CaptureLineKind.Http && _urlLength < 0))
            {
                throw new BadLineException($"is without ts, data or url: {Excerpt.Of(line)}");
            }
        }
        else if (Kind == CaptureLineKind.Header && _exchange.Text.IsEmpty)
        {
            throw new BadLineException($"is a header without exchange: {Excerpt.Of(line)}");
        }

        _dataLength = Math.Max(_dataLength, 0);
        _urlLength = Math.Max(_urlLength, 0);
    }

    private static int Copy(ref Utf8JsonReader reader, ref byte[] target)
    {
        // An unescaped text is never longer than the escaped one.
        if (reader.ValueSpan.Length > target.Length)
        {
            target = new byte[Math.Max(reader.ValueSpan.Length, target.Length * 2)];
        }

        try
        {
            return reader.CopyString(target);
        }
        catch (InvalidOperationException wrong)
        {
            throw new BadLineException("data or url is not valid text", wrong);
        }
    }
}
