using Parallax.Cli.Operating;

namespace Parallax.Cli.Doctor;

/// <summary>Room for journal and tape, and how long an order's intent takes to be safe.</summary>
public sealed class DiskCheck : ICheck
{
    private const string Name = "disk";
    private const int Tries = 9;
    private const int WriteSize = 4 << 10;
    private const long FreeMin = 100L << 20;
    private const long FreeComfortable = 2L << 30;

    /// <summary>Every order waits for one; a leg that comes this much later meets another book.</summary>
    private static readonly TimeSpan FlushComfortable = TimeSpan.FromMilliseconds(20);

    public Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        var folder = Existing(surroundings.DataFolder);
        try
        {
            return Task.FromResult<IReadOnlyList<Finding>>([Room(folder), Speed(folder, surroundings.Time, cancellation)]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<IReadOnlyList<Finding>>(
                [Finding.Fail(Name, $"{folder} cannot be written: {wrong.Message}", "choose a folder of your own: --data, or data.folder")]);
        }
    }

    /// <summary>The data folder, or what stands where it will be made: a doctor leaves no folders behind.</summary>
    private static string Existing(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        return path;
    }

    private static Finding Room(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var sentence = $"{Words.Bytes(free)} are free for {folder}.";
        const string Mend = "make room, or choose a folder on another disk: --data, or data.folder";
        return free < FreeMin ? Finding.Fail(Name, sentence, Mend) : free < FreeComfortable ? Finding.Warn(Name, sentence, Mend) : Finding.Ok(Name, sentence);
    }

    private static Finding Speed(string folder, TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, $".parallax-doctor-{Environment.ProcessId}");
        var times = new List<TimeSpan>();
        using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose }))
        {
            for (var i = 0; i < Tries; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var started = time.GetTimestamp();
                file.Write(new byte[WriteSize]);
                file.Flush(flushToDisk: true);
                times.Add(time.GetElapsedTime(started));
            }
        }

        times.Sort();
        var median = times[Tries / 2];
        var sentence = $"A write is safe on the disk after {Words.Span((long)median.TotalNanoseconds)} (median of {Tries}).";
        return median <= FlushComfortable
            ? Finding.Ok(Name, sentence)
            : Finding.Warn(Name, $"{sentence} Every order waits for one.", "put the data folder on a faster disk, or accept less with journal.flush: os");
    }
}
