using System.Diagnostics;

namespace Parallax.Journal.Tests;

/// <summary>A file system of a few kilobytes in memory, to be really full.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public SmallDisk(int kilobytes)
    {
        Path = _folder.File("disk");
        Directory.CreateDirectory(Path);
        IsMounted = Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Path);
    }

    /// <summary>False where mounting is not permitted.</summary>
    public bool IsMounted { get; }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes it larger, or smaller, while it is in use.</summary>
    public void Grow(int kilobytes) => Run("mount", "-o", $"remount,size={kilobytes}k", Path);

    public void Dispose()
    {
        if (IsMounted)
        {
            Run("umount", Path);
        }

        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test that mounts a small disk: skipped where mounting is not permitted.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        using var disk = new SmallDisk(64);
        return disk.IsMounted ? null : "Mounting a file system is not permitted here.";
    });

    public SmallDiskFactAttribute() => Skip = Reason.Value;
}
