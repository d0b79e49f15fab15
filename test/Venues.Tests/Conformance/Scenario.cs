namespace Parallax.Venues.Tests.Conformance;

/// <summary>One thing that every adapter has to get right.</summary>
/// <param name="Run">Throws when the adapter does not.</param>
public sealed record Scenario(string Name, Action<IVenueUnderTest> Run)
{
    public static IReadOnlyList<Scenario> All { get; } = [.. FeedScenarios.All, .. OrderScenarios.All, .. AccountScenarios.All];

    public static Scenario Named(string name) => All.Single(one => one.Name == name);

    public bool Passes(IVenueUnderTest venue)
    {
        try
        {
            Run(venue);
            return true;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    public override string ToString() => Name;
}
