namespace Parallax.Venues.Tests.Connectivity.WebSockets;

/// <summary>Sends the first half of a write, and the rest only when it is told to: a TLS record torn in the network.</summary>
internal sealed class HeldStream : Stream
{
    private Stream _inner = Null;

    public SemaphoreSlim HasHalf { get; } = new(0);

    public SemaphoreSlim Rest { get; } = new(0);

    public bool IsHolding { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public Stream Over(Stream inner)
    {
        _inner = inner;
        return this;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var half = IsHolding ? buffer.Length / 2 : buffer.Length;
        await _inner.WriteAsync(buffer[..half], cancellationToken);
        if (half < buffer.Length)
        {
            HasHalf.Release();
            await Rest.WaitAsync(cancellationToken);
            await _inner.WriteAsync(buffer[half..], cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => _inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        HasHalf.Dispose();
        Rest.Dispose();
        base.Dispose(disposing);
    }
}
