using BenchmarkDotNet.Attributes;
using Parallax.Journal.Chain;
using Parallax.Measurements.Journal;

namespace Parallax.Benchmarks.Journal;

/// <summary>J1: appending decisions to a journal in a file, and to one that is only hashed. Nothing is flushed to the disk.</summary>
[MemoryDiagnoser]
public class DecisionToJournal
{
    private const int Records = 1_000_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"parallax-benchmark-{Environment.ProcessId}");

    [GlobalCleanup]
    public void RemoveJournal() => Directory.Delete(_folder, recursive: true);

    [Benchmark(OperationsPerInvoke = Records)]
    public string AppendToFile()
    {
        using var journal = JournalWriter.Create(_folder, overwrite: true);
        JournalLoad.Append(journal, JournalLoad.Decision, Records);
        return journal.Close();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public string AppendHashOnly()
    {
        using var journal = JournalWriter.HashOnly();
        JournalLoad.Append(journal, JournalLoad.Decision, Records);
        return journal.Close();
    }
}
