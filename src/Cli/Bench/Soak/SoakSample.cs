using System.Diagnostics;

namespace Parallax.Cli.Bench.Soak;

/// <summary>What the process holds at one moment of a soak.</summary>
/// <param name="Second">Since the soak began.</param>
/// <param name="WorkingSet">Bytes.</param>
/// <param name="Heap">Bytes of objects, garbage that was not collected yet included.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Messages">Frames received so far.</param>
/// <param name="Records">Inputs that the engine has taken so far.</param>
public sealed record SoakSample(
    double Second, long WorkingSet, long Heap, int Handles, int Threads, long Messages, long Records, long Overflows, long Reconnects, long Resynchronisations, int LiveBooks)
{
    private const string OpenFiles = "/proc/self/fd";

    public static int HandlesNow(Process process) => Directory.Exists(OpenFiles) ? Directory.GetFileSystemEntries(OpenFiles).Length : process.HandleCount;
}
