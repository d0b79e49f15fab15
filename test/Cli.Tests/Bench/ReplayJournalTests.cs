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
        Assert.Equal("34f4e49363a35629eeeeaa5ffeba2ae2b0a838983eb8461664c1cd96e6c8d795", hash);
    }
}
