using Parallax.Reporting.Sessions;
using Parallax.VenueServers.Kraken;
using Parallax.Venues.Feeds;

namespace Parallax.Cli.Bench.Soak;

/// <summary>Everything a soak has seen.</summary>
public sealed record SoakResult
{
    public required SoakTerms Terms { get; init; }

    /// <summary>Once a second.</summary>
    public required IReadOnlyList<SoakSample> Samples { get; init; }

    public required IReadOnlyList<SoakFault> Faults { get; init; }

    /// <summary>Why connections ended, and how many did for each reason.</summary>
    public required IReadOnlyDictionary<string, int> Ends { get; init; }

    /// <summary>The server's count at the end, taken when nothing was on its way.</summary>
    public required KrakenServerActivity Server { get; init; }

    /// <summary>The feed's count at the same moment.</summary>
    public required FeedHealth Feed { get; init; }

    /// <summary>Frames of market data that the server made for each second of the soak.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Book records that the feed handed to the engine.</summary>
    public required long BooksOffered { get; init; }

    /// <summary>Book records that the engine took.</summary>
    public required long BooksTaken { get; init; }

    /// <summary>The session's last picture, of the held market.</summary>
    public required SessionSnapshot Session { get; init; }

    public required int Instruments { get; init; }

    /// <summary>Books that differed from the server's.</summary>
    public required IReadOnlyList<string> DifferingBooks { get; init; }

    /// <summary>Wire, queue and decision.</summary>
    public required IReadOnlyList<StageLatency> Latencies { get; init; }

    /// <summary>What stopped the session; <see langword="null"/> when it ended in order.</summary>
    public required string? Fault { get; init; }
}
