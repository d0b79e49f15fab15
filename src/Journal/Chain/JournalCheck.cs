using Parallax.Journal.Files;

namespace Parallax.Journal.Chain;

/// <summary>Verifies a journal: every checksum, sequence, seal and the link between segments.</summary>
public static class JournalCheck
{
    /// <summary>Verifies what stands on an <see cref="IJournalDisk"/>.</summary>
    /// <returns>What is damaged; <see langword="null"/> when nothing is. A torn tail is no damage.</returns>
    public static RecordFileException? Damage(ReadOnlyMemory<byte> journal)
    {
        try
        {
            JournalTail.Of(journal);
            return null;
        }
        catch (RecordFileException found)
        {
            return found;
        }
    }

    /// <param name="path">A journal's folder, or one segment, whose link to the segment before it is then taken on trust.</param>
    /// <param name="progress">Told the fraction done, 0 to 1, every 64 MiB or so.</param>
    /// <returns>What was found; damage is part of the report, not an exception.</returns>
    /// <exception cref="UnreadableFileException">Missing, forbidden, no journal, or of a newer version.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static JournalReport Run(string path, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var files = SegmentFile.Find(path);
        var isAlone = File.Exists(path);
        var size = files.Sum(file => new FileInfo(file.Path).Length);
        var done = 0L;
        var entered = 0;
        TornTail? torn = null;
        DamagedFileException? damage = null;
        var position = ChainPosition.Start;
        using var verifier = new ChainVerifier();
        try
        {
            foreach (var file in files)
            {
                entered++;
                using var segment = Segment.Open(file, isAlone ? null : position);
                torn = segment is null ? Segment.TornStart(file.Path, position) : Verified(segment);
                if (file != files[^1] && (torn is not null || !verifier.IsSealed))
                {
                    throw Segment.CutShort(file.Path, torn?.Offset ?? verifier.End.Offset, verifier.End.Sequence + 1);
                }

                position = segment is null ? position : verifier.Position(segment.Number);
            }
        }
        catch (DamagedFileException found)
        {
            (torn, damage) = (null, found);
        }

        return new JournalReport
        {
            Path = path,
            Segments = entered,
            Size = size,
            Records = verifier.Records,
            FirstReceivedTime = verifier.FirstReceivedTime,
            LastReceivedTime = verifier.LastReceivedTime,
            ChainHash = Convert.ToHexStringLower(verifier.Hash),
            UnsealedRecords = verifier.BlockRecords,
            TornTail = torn,
            Damage = damage,
        };

        TornTail? Verified(Segment segment)
        {
            cancellation.ThrowIfCancellationRequested();
            verifier.Verify(segment, offset =>
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((double)(done + offset) / size);
            });
            done += segment.Size;
            return segment.TornTail;
        }
    }
}
