namespace Parallax.Journal.Files;

/// <summary>A tape or journal cannot be read or written. The message is one sentence for the user, the file's path in it.</summary>
public abstract class RecordFileException(string path, string message, Exception? inner = null) : IOException(message, inner)
{
    public string Path { get; } = path;
}

/// <summary>The file is missing, a folder, forbidden, empty, of another kind or of a newer version: nothing of it was read.</summary>
public sealed class UnreadableFileException(string path, string message, Exception? inner = null) : RecordFileException(path, message, inner);

/// <summary>The file exists already, may not be written, or the disk is full. What stands in it stays readable.</summary>
public sealed class UnwritableFileException(string path, string message, Exception? inner = null) : RecordFileException(path, message, inner)
{
    /// <summary>For want of space, and nothing was taken: a later try may succeed.</summary>
    public bool IsFull { get; private init; }

    /// <summary>There is no space for more.</summary>
    public static UnwritableFileException Full(string path, Exception? inner = null) =>
        new(path, $"{path} cannot be written: the disk is full; what was written before is intact.", inner) { IsFull = true };
}

/// <summary>Bytes before the end of the file are not what was written: nothing after them is trusted.</summary>
public sealed class DamagedFileException(string path, long offset, ulong sequence, string reason)
    : RecordFileException(path, $"{path} is damaged at offset {offset}, record {sequence}: {reason}.")
{
    /// <summary>First byte of the record that is wrong.</summary>
    public long Offset { get; } = offset;

    /// <summary>The sequence that should stand there.</summary>
    public ulong Sequence { get; } = sequence;

    /// <summary>What is wrong, without file and place; no final period.</summary>
    public string Reason { get; } = reason;
}
