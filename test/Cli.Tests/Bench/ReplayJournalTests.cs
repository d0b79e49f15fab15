using Parallax.Measurements.Replay;

namespace Parallax.Cli.Tests.Bench;

public sealed class ReplayJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-replay-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Whoever makes the engine faster keeps this; whoever changes what it decides changes it, and says why in the commit.</summary>
    [Fact]
    public void The_journal_of_a_fixed_tape_stays_the_same_to_the_byte()
    {
        using var tape = new GeneratedTape(_folder, instruments: 100, records: 300_000);
        using var system = new ReplaySystem(tape);

        var hash = system.Run(progress: null);

        Assert.True(system.Engine.Executor.PlanCount > 0, "The tape is to make plans.");
        Assert.Equal("d39c547a65fce21d97c77b9aa288cda49c5cf01d5fe2f72bd79efdefa2c48faf", hash);
    }
}
