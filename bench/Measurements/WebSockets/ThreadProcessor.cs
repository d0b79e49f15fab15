using System.Runtime.InteropServices;

namespace Parallax.Measurements.WebSockets;

/// <summary>The processor time of the calling thread.</summary>
internal static partial class ThreadProcessor
{
    /// <summary>The runtime knows it for the process only; elsewhere than here the system is asked in other ways.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Since the thread began, user and kernel.</summary>
    public static TimeSpan Now()
    {
        var threadTime = OperatingSystem.IsMacOS() ? 16 : 3;
        return ClockGetTime(threadTime, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanos / 1e3)
            : throw new PlatformNotSupportedException("The system does not tell a thread's processor time.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanos;
    }
}
