using System.IO.Compression;

namespace Parallax.Venues.Recordings.Lines;

/// <summary>A gzip file unpacked as it is read, refused when it swells beyond the limit, is damaged or ends early.</summary>
internal sealed class UnpackingStream(string name, Stream packed, LineLimits limits) : Stream
{
    private readonly GZipStream _unpacked = new(packed, CompressionMode.Decompress);
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _unpacked.Read(buffer);
        }
        catch (InvalidDataException wrong)
        {
            throw new RecordingException($"{name}: the gzip data is damaged or cut short after {_count:N0} unpacked bytes.", wrong);
        }

        _count += read;
        if (_count > LineLimits.UnpackedBytesFree && _count / limits.UnpackedRatioMax > packed.Position)
        {
            throw new RecordingException(
                $"{name}: unpacks to more than {limits.UnpackedRatioMax} times its size, which no recorded market does; raise --max-ratio if it is meant.");
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            packed.Dispose();
        }

        base.Dispose(disposing);
    }
}
