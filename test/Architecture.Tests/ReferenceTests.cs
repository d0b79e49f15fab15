using System.Xml.Linq;
using Parallax.Testing;

namespace Parallax.Architecture.Tests;

/// <summary>The floors of the house, top first. A project references only floors above its own.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Floors =
        ["Domain", "Journal", "MarketData", "Strategies", "Trading", "Simulation", "Venues", "VenueServers", "Storage", "Reporting", "Dashboard", "Cli"];

    /// <summary>The whole graph as it stands: a new edge is a decision, taken here and nowhere else.</summary>
    private const string Expected =
        """
        Cli -> Dashboard Domain Journal MarketData Measurements Reporting Simulation Storage Strategies Trading VenueServers Venues
        Dashboard -> Domain Journal MarketData Reporting Storage Trading
        Domain ->
        Journal -> Domain
        MarketData -> Domain Journal
        Reporting -> Domain Journal MarketData Strategies Trading
        Simulation -> Domain Journal MarketData Strategies Trading
        Storage -> Domain Journal MarketData Trading
        Strategies -> Domain MarketData
        Trading -> Domain Journal MarketData Strategies
        VenueServers -> Domain Journal MarketData Simulation Trading
        Venues -> Domain Journal MarketData Trading
        """;

    private static readonly string Source = Repository.Source;

    [Fact]
    public void References_between_projects_are_exactly_those_decided()
    {
        var found = Projects().Select(project => $"{project.Name} -> {string.Join(' ', project.References.Order(StringComparer.Ordinal))}".TrimEnd());

        Assert.Equal(Expected.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()), found);
    }

    [Fact]
    public void A_project_references_only_floors_above_its_own()
    {
        foreach (var (name, references) in Projects())
        {
            foreach (var reference in references.Where(reference => Floors.Contains(reference)))
            {
                Assert.True(
                    Array.IndexOf(Floors, reference) < Array.IndexOf(Floors, name),
                    $"{name} references {reference}, which stands on a lower floor.");
            }
        }
    }

    [Fact]
    public void The_venues_know_no_strategy_and_the_strategies_know_no_venue_file_or_socket()
    {
        var projects = Projects().ToDictionary(project => project.Name, project => project.References);

        Assert.DoesNotContain("Strategies", projects["Venues"]);
        Assert.DoesNotContain("Venues", projects["Strategies"].Concat(projects["Trading"]).Concat(projects["MarketData"]));
        Assert.DoesNotContain("Journal", projects["Strategies"]);
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("MarketData")]
    [InlineData("Strategies")]
    [InlineData("Trading")]
    public void The_deciding_rooms_name_no_venue(string room)
    {
        string[] venues = ["kraken", "binance", "coinbase", "bitstamp", "gemini", "okx", "alpaca"];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Source, room), "*.cs", SearchOption.AllDirectories))
        {
            var code = File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
            var named = code.FirstOrDefault(line => venues.Any(venue => line.Contains(venue, StringComparison.OrdinalIgnoreCase)));
            Assert.True(named is null, $"{Path.GetFileName(file)} names a venue: {named?.Trim()}");
        }
    }

    [Fact]
    public void No_folder_is_called_after_a_kind_of_code()
    {
        string[] banned = ["Common", "Core", "Shared", "Utils", "Helpers", "Models", "Interfaces", "Enums", "Services", "Managers"];
        var found = Directory.EnumerateDirectories(Source, "*", SearchOption.AllDirectories).Where(folder => banned.Contains(Path.GetFileName(folder)));
        Assert.Empty(found);
    }

    /// <summary>Planted faults live in the copy that test/Mutants.Tests makes for itself, and nowhere else.</summary>
    [Fact]
    public void No_source_of_the_product_knows_a_planted_fault()
    {
        var found = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file) is var code && (code.Contains("Mutation.Is(", StringComparison.Ordinal) || code.Contains("MUTANT", StringComparison.Ordinal)));
        Assert.Empty(found);
    }

    private static IEnumerable<(string Name, string[] References)> Projects() =>
        Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories)
            .OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
            .Select(file => (
                Path.GetFileNameWithoutExtension(file),
                XDocument.Load(file).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)).ToArray()));
}
