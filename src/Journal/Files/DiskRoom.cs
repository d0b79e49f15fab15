namespace Parallax.Journal.Files;

/// <summary>What reaches a file only when it is flushed.</summary>
public interface IFlushed
{
    /// <exception cref="UnwritableFileException">What was appended is kept for the next try.</exception>
    void Flush(FlushPolicy policy);
}

/// <summary>Whether the files of one session have room, and what is done when they have none: the spare is given back, once, and flushes are tried again.</summary>
/// <remarks>One thread. From the first write that found no space on the disk counts as full until the spare stands again.</remarks>
public sealed class DiskRoom(ISpare spare)
{
    public bool IsFull { get; private set; }

    /// <inheritdoc cref="ISpare.Folder"/>
    public string Folder => spare.Folder;

    /// <summary>What was free when <see cref="IsFull"/> was last decided, without what the spare gave back.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>Sets the spare aside. Once what waits was flushed, that is the proof of room.</summary>
    /// <returns>Whether there is room.</returns>
    public bool TryStand()
    {
        IsFull = !spare.TryStand();
        FreeBytes = spare.FreeBytes;
        return !IsFull;
    }

    /// <summary>Gives the spare back: the session is over, and its last records need the room.</summary>
    public void End() => spare.GiveBack();

    /// <returns>False when the disk is full: nothing of what waits counts as flushed.</returns>
    /// <exception cref="UnwritableFileException">Another trouble than a full disk.</exception>
    public bool TryFlush(IFlushed file, FlushPolicy policy)
    {
        while (true)
        {
            try
            {
                file.Flush(policy);
                return true;
            }
            catch (UnwritableFileException full) when (full.IsFull)
            {
                FreeBytes = IsFull ? FreeBytes : spare.FreeBytes;
                IsFull = true;
                if (!spare.GiveBack())
                {
                    return false;
                }
            }
        }
    }
}
