using Parallax.Domain;

namespace Parallax.Venues.Recordings.Import;

/// <summary>What an import made of its files.</summary>
public sealed record ImportReport
{
    public required string Format { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Lines that were good; blank ones not counted.</summary>
    public required long Lines { get; init; }

    /// <summary>As numbered on the tape.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    public required RecordCounts Records { get; init; }

    /// <summary>Left out under <see cref="BadLinePolicy.Skip"/>.</summary>
    public required long BadLines { get; init; }

    public required IReadOnlyList<LineRemark> FirstBadLines { get; init; }

    public required long RepeatedLines { get; init; }

    public required IReadOnlyList<LineRemark> FirstRepeatedLines { get; init; }

    /// <summary>Messages of kinds that no record is made of, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Ignored { get; init; }

    /// <summary>What else the user should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
