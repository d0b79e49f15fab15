namespace Parallax.Venues.Tests.Conformance;

/// <summary>What every venue has to get right, and the proof that the suite would notice if one did not.</summary>
public sealed class ConformanceTests
{
    /// <summary>The adapter without a fault.</summary>
    public const string Whole = "kraken";

    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(one => one.Name)];

    public static TheoryData<string> Faults => [.. BrokenKraken.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Kraken_passes(string scenario) => Scenario.Named(scenario).Run(new KrakenUnderTest(Whole));

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_adapter_with_one_fault_fails_at_exactly_that_one(string fault)
    {
        var broken = BrokenKraken.All.Single(one => one.Name == fault);

        Assert.Equal([fault], Scenario.All.Where(scenario => !scenario.Passes(broken)).Select(scenario => scenario.Name));
    }

    [Fact]
    public void Every_scenario_has_an_adapter_that_fails_it() =>
        Assert.Equal(Scenario.All.Select(one => one.Name), BrokenKraken.All.Select(one => one.Name));
}
