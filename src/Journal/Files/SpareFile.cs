namespace Parallax.Journal.Files;

/// <summary>A file of no content that holds its place on the disk: <c>spare</c>, beside the journal.</summary>
/// <remarks>Where a file system cannot set room aside (some over a network) the free space alone is looked at.</remarks>
/// <param name="folder">Made when missing.</param>
/// <param name="size">In bytes.</param>
public sealed class SpareFile(string folder, long size = SpareFile.DefaultSize) : ISpare
{
    /// <summary>16 MiB: minutes of a busy session's records.</summary>
    public const long DefaultSize = 16L << 20;

    private readonly string _path = Path.Combine(folder, "spare");
    private bool _stands;

    public string Folder => folder;

    public long FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
            }
            catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return 0;
            }
        }
    }

    public bool TryStand()
    {
        if (_stands)
        {
            return true;
        }

        try
        {
            Directory.CreateDirectory(folder);
            // One that a crash left behind holds its place already, or is too small.
            File.Delete(_path);
            if (FreeBytes < size)
            {
                return false;
            }

            File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, FileOptions.None, size).Dispose();
            return _stands = true;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public bool GiveBack()
    {
        if (!_stands)
        {
            return false;
        }

        _stands = false;
        try
        {
            File.Delete(_path);
            return true;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
