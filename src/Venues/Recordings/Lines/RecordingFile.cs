namespace Parallax.Venues.Recordings.Lines;

/// <summary>Opens a recording as text, whether packed or not: what it is is read from its first bytes, not from its name.</summary>
internal static class RecordingFile
{
    /// <summary>The unpacked bytes from the start, and the file below them, whose position tells how far reading has come.</summary>
    /// <exception cref="RecordingException">The file is missing, not a regular file, or packed in a way that is not read here.</exception>
    public static (Stream Text, FileStream File) Open(string path, LineLimits limits)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RecordingException($"{path}: there is no such file.", wrong);
        }
        catch (UnauthorizedAccessException wrong)
        {
            throw new RecordingException(Directory.Exists(path) ? $"{path}: is a folder; a file is expected." : $"{path}: may not be read.", wrong);
        }

        if (!file.CanSeek)
        {
            file.Dispose();
            throw new RecordingException($"{path}: is not a regular file; a recording is read twice, so a pipe cannot be imported.");
        }

        Span<byte> magic = stackalloc byte[4];
        var count = file.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        file.Position = 0;
        var refusal = magic[..count] switch
        {
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "is packed with zstd; unpack it first or repack it with gzip.",
            [(byte)'P', (byte)'K', 3, 4, ..] => "is a zip archive; unpack it first or repack it with gzip.",
            [(byte)'B', (byte)'Z', (byte)'h', ..] => "is packed with bzip2; unpack it first or repack it with gzip.",
            [0xFD, (byte)'7', (byte)'z', ..] => "is packed with xz; unpack it first or repack it with gzip.",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "is UTF-16 text; UTF-8 is expected.",
            _ => null,
        };
        if (refusal is not null)
        {
            file.Dispose();
            throw new RecordingException($"{path}: {refusal}");
        }

        return (magic[..count] is [0x1F, 0x8B, ..] ? new UnpackingStream(path, file, limits) : file, file);
    }
}
