using Parallax.Journal.Files;

namespace Parallax.Journal.Tapes;

/// <summary>What a full verification of a tape found.</summary>
public sealed record TapeReport
{
    public required string Path { get; init; }

    /// <summary>The file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Bytes up to the end of the last sound record.</summary>
    public required long SoundSize { get; init; }

    /// <summary>Sound records, counted up to the tail or the damage.</summary>
    public required ulong Records { get; init; }

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public required long? FirstReceivedTime { get; init; }

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public required long? LastReceivedTime { get; init; }

    /// <summary>A half record at the end, which may be cut; <see langword="null"/> without one.</summary>
    public required TornTail? TornTail { get; init; }

    /// <summary>The first damage, where verification stopped; <see langword="null"/> without one.</summary>
    public required DamagedFileException? Damage { get; init; }

    public bool IsSound => TornTail is null && Damage is null;
}
