namespace Parallax.Cli.Systems;

/// <summary>What the start of a system has opened so far: closed in reverse, unless the start comes through and the system keeps it.</summary>
/// <remarks>A port, a lock or a thread that outlives a failed start would stand in the way of the next one.</remarks>
internal sealed class OpenedParts : IAsyncDisposable
{
    private readonly Stack<object> _parts = new();

    /// <param name="part">An <see cref="IAsyncDisposable"/> or an <see cref="IDisposable"/>.</param>
    public T Add<T>(T part)
        where T : class
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>The start came through: somebody else closes them.</summary>
    public void Keep() => _parts.Clear();

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            if (part is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                ((IDisposable)part).Dispose();
            }
        }
    }
}
