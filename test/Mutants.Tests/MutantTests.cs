using System.Globalization;
using System.Reflection;
using Parallax.Simulation.Drill;
using Xunit;

namespace Parallax.Mutants.Tests;

/// <summary>Faults planted on purpose: a drill that does not find them proves nothing by finding none.</summary>
[Collection("one mutant at a time")]
public sealed class MutantTests
{
    public static TheoryData<string> Names => [.. Files().Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_passage_that_a_mutant_replaces_stands_once_in_the_sources(string name) =>
        Assert.True(Planted.Names.Contains(name), $"The passage in {name}.mutant is not in its file, or not once: write it anew.");

    [Theory]
    [MemberData(nameof(Names))]
    public void The_drill_catches(string name)
    {
        var seeds = Head(name, "seeds") is { Length: > 0 } stated ? int.Parse(stated, CultureInfo.InvariantCulture) : 200;
        Mutation.Active = name;
        try
        {
            var totals = DrillRunner.Run(from: 1, seeds, Head(name, "scenario") is { Length: > 0 } scenario ? scenario : null);

            Assert.True(totals.Failures.Count > 0, $"{seeds} seeds did not notice: {Head(name, "what")}");
        }
        finally
        {
            Mutation.Active = null;
        }
    }

    [Fact]
    public void Without_an_active_mutant_the_same_copy_holds_every_invariant()
    {
        var totals = DrillRunner.Run(from: 1, 200);

        Assert.Equal("", string.Join('\n', totals.Failures.Select(failed => $"seed {failed.Plan.Seed}: {failed.Breach}")));
    }

    [Fact]
    public void There_are_at_least_twelve_mutants() => Assert.True(Files().Count() >= 12);

    private static IEnumerable<string> Files() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.EndsWith(".mutant", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Head(string name, string key)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".mutant")!);
        var line = reader.ReadToEnd().Split('\n').FirstOrDefault(line => line.StartsWith(key + ": ", StringComparison.Ordinal));
        return line?[(key.Length + 2)..].Trim() ?? "";
    }
}
