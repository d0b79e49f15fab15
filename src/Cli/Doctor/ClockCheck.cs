using Parallax.Cli.Config;
using Parallax.Cli.Operating;
using Parallax.Domain;

namespace Parallax.Cli.Doctor;

/// <summary>Whether the wall clock keeps step with the monotonic one, and how it stands to the venue's.</summary>
public sealed class ClockCheck : ICheck
{
    private const string Name = "clock";
    private const string Mend = "let the system keep its clock: enable NTP (timedatectl set-ntp true)";
    private const int Pairs = 5;

    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(200);

    /// <summary>NTP slews by half a millisecond a second; more than this in a fifth of a second is a step.</summary>
    private static readonly TimeSpan DriftMax = TimeSpan.FromMilliseconds(20);

    public async Task<IReadOnlyList<Finding>> RunAsync(Surroundings surroundings, CancellationToken cancellation) =>
        [await SteadinessAsync(surroundings.Time, cancellation), .. await OffsetAsync(surroundings, cancellation)];

    private static async Task<Finding> SteadinessAsync(TimeProvider time, CancellationToken cancellation)
    {
        var (wall, monotonic) = Read(time);
        await Task.Delay(Span, time, cancellation);
        var (wallLater, monotonicLater) = Read(time);
        var drift = wallLater - wall - time.GetElapsedTime(monotonic, monotonicLater);
        return drift.Duration() <= DriftMax
            ? Finding.Ok(Name, $"Wall and monotonic clock agree; it is {wallLater:yyyy-MM-dd HH:mm:ss} UTC.")
            : Finding.Warn(Name, $"The wall clock moved {drift.TotalMilliseconds:+0;-0} ms against the monotonic one within {Span.TotalMilliseconds:0} ms: somebody sets it.", Mend);
    }

    private static async Task<IReadOnlyList<Finding>> OffsetAsync(Surroundings surroundings, CancellationToken cancellation)
    {
        var reply = await surroundings.Venue.AskAsync(cancellation);
        if (reply.Trouble is not null)
        {
            // The venue's own check says so.
            return [];
        }

        var ahead = reply.SurelyAhead;
        var limit = surroundings.Settings.Get(SettingCatalog.ClockSkewMillisMax) * UtcNanos.PerMillisecond;
        var how = $"{Words.Span(Math.Abs(ahead))} {(ahead > 0 ? "ahead of" : "behind")} the venue's";
        return
        [
            ahead == 0 ? Finding.Ok(Name, "Ours and the venue's agree to the second, which is as exact as it tells.")
            : Math.Abs(ahead) <= limit ? Finding.Warn(Name, $"Ours is at least {how}.", Mend)
            : Finding.Fail(Name, $"Ours is at least {how}: limits.clock-skew-ms refuses every plan.", Mend),
        ];
    }

    /// <summary>Both clocks at one moment: of some tries the one that was interrupted least.</summary>
    private static (DateTimeOffset Wall, long Monotonic) Read(TimeProvider time)
    {
        var best = (Wall: time.GetUtcNow(), Monotonic: time.GetTimestamp(), Width: long.MaxValue);
        for (var i = 0; i < Pairs; i++)
        {
            var before = time.GetTimestamp();
            var wall = time.GetUtcNow();
            var width = time.GetTimestamp() - before;
            if (width < best.Width)
            {
                best = (wall, before + (width / 2), width);
            }
        }

        return (best.Wall, best.Monotonic);
    }
}
