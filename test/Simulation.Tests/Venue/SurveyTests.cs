using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Venue;
using Parallax.Trading.Reconciliation;
using static Parallax.Simulation.Tests.Scenario;

namespace Parallax.Simulation.Tests.Venue;

/// <summary>A survey is answered with the venue's own truth: balances moved by its fills, and the fills themselves.</summary>
public sealed class SurveyTests
{
    private static readonly Asset Usd = new("USD"), Btc = new("BTC");
    private static readonly VenueId Test = new("test");

    [Fact]
    public void Fills_move_the_account_even_when_nobody_is_told_of_them()
    {
        var scenario = new Scenario
        {
            Account = new VenueAccount(new Dictionary<Asset, decimal> { [Usd] = 1_000m }),
            Faults = new ScriptedOrderFaults().Order(1, new OrderFault { LosesResponse = true }),
        };

        var reports = scenario.Run(venue =>
        {
            venue.Submit(Buy(1, 100, 100, 0));
            venue.Survey(sinceTime: -1, sentTime: 20 * Ms);
        });

        Assert.Equal(
            [
                new Statement.Begun(Test, -1),
                new Statement.Balance(Test, Btc, 1m, 0m),
                new Statement.Balance(Test, Usd, 1_000m - 100m - 0.1m, 0m),
                new Statement.Ended(Test, true, ""),
            ],
            scenario.Statements);
        Assert.Equal([new Level(100, 100)], reports.Fills(1));
    }

    [Fact]
    public void Fills_that_were_reported_or_that_are_older_than_was_asked_are_not_told_again()
    {
        var lost = new OrderFault { LosesResponse = true };
        var scenario = new Scenario { Account = new VenueAccount([]), Faults = new ScriptedOrderFaults().Order(1, lost).Order(3, lost) };

        var reports = scenario.Run(venue =>
        {
            venue.Submit(Buy(1, 100, 100, 0));
            venue.Submit(Buy(2, 100, 101, 10 * Ms));
            venue.Submit(Buy(3, 50, 101, 20 * Ms));
            venue.Survey(sinceTime: 5 * Ms, sentTime: 40 * Ms);
        });

        Assert.Empty(reports.Fills(1));
        Assert.Single(reports.Fills(2));
        Assert.Single(reports.Fills(3));
    }

    [Fact]
    public void A_venue_without_an_account_says_so_and_nothing_else()
    {
        var scenario = new Scenario();

        scenario.Run(venue => venue.Survey(0, 0));

        Assert.Equal([new Statement.Begun(Test, 0), new Statement.Ended(Test, false, "this venue keeps no account")], scenario.Statements);
    }
}
