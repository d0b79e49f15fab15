using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Messages;

/// <summary>The messages of one recording in the order of their received times.</summary>
internal sealed class RecordingReader(ILineSource lines, ILineParser parser, ImportContext context) : IDisposable
{
    private const long CancellationStride = 1024;

    private readonly MessageQueue _queue = new();
    private bool _atEnd;

    public string Name => lines.Name;

    public long Position => lines.Position;

    /// <summary>Lines that held something and were good.</summary>
    public long GoodLines { get; private set; }

    /// <exception cref="RecordingException">The file cannot be read on, or a line is bad and the policy is to stop.</exception>
    public bool TryRead([NotNullWhen(true)] out MarketMessage? message)
    {
        while (!_queue.TryTake(out message))
        {
            _queue.Clear();
            if (_atEnd)
            {
                return false;
            }

            if (lines.TryRead(out var line))
            {
                if (lines.LineNumber % CancellationStride == 0)
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                }

                Parse(line);
            }
            else
            {
                _atEnd = true;
                parser.End(_queue);
            }
        }

        return true;
    }

    public void Dispose() => lines.Dispose();

    private void Parse(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
        {
            return;
        }

        try
        {
            if (!Utf8.IsValid(line))
            {
                throw new BadLineException("is not UTF-8 text");
            }

            parser.Parse(line, lines.LineNumber, _queue);
            GoodLines++;
        }
        catch (BadLineException wrong)
        {
            Reject(wrong.Message);
        }
        catch (JsonException wrong)
        {
            Reject($"is not valid JSON (at byte {(wrong.BytePositionInLine ?? 0) + 1:N0} of the JSON): {Excerpt.Of(line)}");
        }
        catch (InvalidOperationException)
        {
            // What the JSON library throws for an escaped half of a surrogate pair.
            Reject($"holds a text that is not valid Unicode: {Excerpt.Of(line)}");
        }
    }

    private void Reject(string text)
    {
        _queue.Clear();
        context.Log.BadLine(lines.Name, lines.LineNumber, text, GoodLines);
    }
}
