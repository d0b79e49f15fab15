using Parallax.Journal.Chain;

namespace Parallax.Journal.Tests.Chain;

/// <summary>Journals with blocks and segments so small that a test sees many.</summary>
public static class JournalSample
{
    public static readonly JournalOptions Options = new() { SegmentSizeMax = 1_024, BlockRecordsMax = 4 };

    public static Sample[] Many(ulong seed, int count) => Sample.Many(seed, count, lastKind: 247);

    /// <summary>Begins or continues a journal and closes it.</summary>
    /// <returns>Its hash.</returns>
    public static string Write(string folder, IEnumerable<Sample> samples)
    {
        using var writer = JournalWriter.Open(folder, Options);
        Sample.AppendAll(writer, samples);
        return writer.Close();
    }

    public static int CountMatching(string path, Sample[] samples)
    {
        using var reader = JournalReader.Open(path);
        var count = 0;
        while (reader.TryRead(out var record))
        {
            Assert.True(samples[count].Matches(record), $"Record {count + 1} differs.");
            count++;
        }

        return count;
    }

    /// <summary>The segments of a journal in order, by file name.</summary>
    public static SortedDictionary<string, byte[]> Bytes(string folder) =>
        new(Directory.GetFiles(folder, "*.journal").ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes), StringComparer.Ordinal);

    /// <summary>Makes a folder hold exactly these segments.</summary>
    public static void Restore(string folder, IEnumerable<KeyValuePair<string, byte[]>> segments)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }

        foreach (var (name, bytes) in segments)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
