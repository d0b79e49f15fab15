using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>What a full verification of a journal found.</summary>
public sealed record JournalReport
{
    /// <summary>The folder, or the segment that was verified alone.</summary>
    public required string Path { get; init; }

    /// <summary>Segments entered, the damaged one included.</summary>
    public required int Segments { get; init; }

    /// <summary>All segments in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Sound records, the chain's own not counted, up to the tail or the damage.</summary>
    public required long Records { get; init; }

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public required long? FirstReceivedTime { get; init; }

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public required long? LastReceivedTime { get; init; }

    /// <summary>Of the last seal that was verified, 64 lower-case hexadecimal digits.</summary>
    public required string ChainHash { get; init; }

    /// <summary>Records after the last seal, held by their checksums only; zero in a journal that was closed.</summary>
    public required int UnsealedRecords { get; init; }

    /// <summary>A half record at the end of the last segment; <see langword="null"/> without one.</summary>
    public required TornTail? TornTail { get; init; }

    /// <summary>The first damage, where verification stopped; <see langword="null"/> without one.</summary>
    public required DamagedFileException? Damage { get; init; }

    public bool IsSound => TornTail is null && Damage is null;
}
