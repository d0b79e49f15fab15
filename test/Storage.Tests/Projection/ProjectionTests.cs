using Parallax.Domain;
using Parallax.Reporting.Plans;
using Parallax.Storage.Queries;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Storage.Tests.Projection;

/// <summary>What the tables hold is what the journal says.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class ProjectionTests(Databases databases)
{
    private static readonly SeededJournal Journal = SeededJournal.TwoSessions.Value;

    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Plans_of_every_outcome_are_there(string database)
    {
        using var bed = Projected(database);

        var plans = await bed.Store.Reader().PlansAsync(new Page(1_000), openOnly: false, None);

        var outcomes = plans.GroupBy(plan => plan.Outcome!).ToDictionary(group => group.Key, group => group.Count());
        Assert.True(outcomes.Keys.Order().SequenceEqual(["completed", "missed", "residual", "unwound"]), string.Join(", ", outcomes));
        Assert.Equal([1, 2], plans.Select(plan => plan.Session).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Every_plan_is_the_story_that_the_journal_tells(string database)
    {
        using var bed = Projected(database);
        var reader = bed.Store.Reader();
        foreach (var plan in await reader.PlansAsync(new Page(1_000), openOnly: false, None))
        {
            using var journal = bed.Read();
            var story = PlanStory.Find(journal, plan.Plan, plan.Session)!;
            var opened = story.Opened.Value;
            Assert.Equal(
                new PlanRow(
                    (long)story.Opened.Sequence, story.Session, opened.Plan, opened.Opportunity, opened.Cycle, opened.StartAsset.Code, opened.Input, opened.GrossProfit,
                    opened.Fees, opened.Rounding, opened.ExpectedProfit, story.Opened.Time, story.EndTime, story.Outcome?.ToString().ToLowerInvariant(),
                    story.Realised, story.Realised - opened.ExpectedProfit, null, null, story.Orders.Any(order => IsPartial(story, order))),
                plan);
            Assert.Equal(plan, await reader.PlanAsync(plan.Key, None));
            Assert.Equal(story.Orders.Select(order => Describe(story, order)), (await reader.OrdersAsync(plan.Key, None)).Select(Describe));
            Assert.Equal(
                story.Postings.SelectMany(posted => posted.Value.Lines.ToArray().Select((line, i) => $"{posted.Sequence}/{i} {line.Account} {line.Asset}@{line.Venue} {Decimals.Plain(line.Amount)}".ToLowerInvariant())),
                (await reader.PostingsAsync(plan.Key, None)).Select(line => $"{line.Sequence}/{line.Line} {line.Account} {line.Asset}@{line.Venue} {line.Amount}".ToLowerInvariant()));
            Assert.Equal(
                story.Events.Where(told => told.Value.Type == OrderEventType.Filled).DistinctBy(told => (told.Value.Id, told.Value.TradeId))
                    .Select(told => $"{told.Sequence} {told.Value.Id} {told.Value.TradeId} {Decimals.Plain(told.Value.Fee)}"),
                (await reader.FillsAsync(plan.Key, None)).Select(fill => $"{fill.Sequence} {fill.OrderId} {fill.TradeId} {fill.Fee}"));
        }
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Balances_of_each_session_are_the_engines(string database)
    {
        using var bed = Projected(database);
        for (var session = 1; session <= Journal.Treasuries.Count; session++)
        {
            var ledger = Journal.Treasuries[session - 1].Ledger;
            Assert.Equal(
                ledger.Holdings.Select(holding => new BalanceRow(session, holding.Asset.Code, holding.Venue.Name, ledger.Balance(holding))),
                await bed.Store.Reader().BalancesAsync(session, None));
        }
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_refused_plans_would_have_made_is_what_the_journal_says(string database)
    {
        using var bed = Projected(database);
        var written = new List<string>();
        var session = 0;
        using var journal = bed.Read();
        while (journal.TryRead(out var record))
        {
            var reader = new Parallax.Journal.Framing.PayloadReader(record.Payload);
            switch ((DecisionKind)record.Header.Kind)
            {
                case DecisionKind.SessionStarted:
                    session = SessionStarted.Read(ref reader).Number;
                    break;
                case DecisionKind.RefusalFollowedUp:
                    var followed = RefusalFollowedUp.Read(ref reader);
                    written.Add($"{session}-{followed.Number} {followed.Reason} {Decimals.Plain(followed.Input)} {string.Join(' ', followed.Looks.ToArray().Select(look => Text(look.Profit)))}");
                    break;
            }
        }

        var rows = await bed.Store.Reader().RefusalsAsync(0, 1_000_000, None);

        var plans = await bed.Store.Reader().PlansAsync(new Page(1_000), openOnly: false, None);
        var becamePlans = plans.Select(plan => $"{plan.Session}-{plan.Opportunity} ").ToHashSet();
        Assert.NotEmpty(written);
        Assert.Equal(
            written.Where(line => !becamePlans.Contains(line[..(line.IndexOf(' ', StringComparison.Ordinal) + 1)])).Order(StringComparer.Ordinal),
            rows.Where(row => row.FollowedTime is not null)
                .Select(row => $"{row.Session}-{row.Opportunity} {row.Reason} {Decimals.Plain(row.Input)} {Text(row.After50)} {Text(row.After250)} {Text(row.After1000)}")
                .Order(StringComparer.Ordinal));

        static string Text(decimal? profit) => profit is { } known ? Decimals.Plain(known) : "none";
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_refusal_says_the_asset_that_its_plan_would_have_begun_with(string database)
    {
        using var bed = new StoreBed(databases, database);
        using (var journal = new HandJournal(bed.Journal))
        {
            journal.Write(new SessionStarted(1, "test", ""))
                .Write(new OpportunityOpened(1, "USD>BTC>EUR>USD", 1m)).Write(new OpportunityRefused(1, "net-edge", 0.9m, 1m, 100m, 0.01m, new Asset("EUR")))
                .Write(new OpportunityOpened(2, "USD>BTC>EUR>USD", 1m)).Write(new OpportunityRefused(2, "kill", 0m, 0m, 0m, 0m, new Asset("BTC")))
                .Write(new OpportunityOpened(3, "USD>BTC>EUR>USD", 1m)).Write(new OpportunityRefused(3, "net-edge", 0.9m, 1m, 100m, 0.01m));
        }

        bed.Project();

        Assert.Equal(["EUR", "BTC", null], (await bed.Store.Reader().RefusalsAsync(0, 10, None)).Reverse().Select(row => row.StartAsset));
        Assert.Equal(["EUR", null, null], (await bed.Store.Reader().OpportunitiesAsync(new Page(10), None)).Reverse().Select(row => row.StartAsset));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Opportunities_and_their_refusals_are_those_of_the_journal(string database)
    {
        using var bed = Projected(database);

        var found = await bed.Store.Reader().OpportunitiesAsync(new Page(1_000, Session: 2), None);

        var expected = JournalFold.Opportunities(bed).Where(row => row.Session == 2).OrderByDescending(row => row.Sequence).Take(1_000).ToList();
        Assert.Contains(expected, row => row.Refusal is not null);
        Assert.Contains(expected, row => row.Plan is not null);
        Assert.Equal(expected, found);
    }

    /// <summary>A rest too small to be an order is what lots and fees leave, not what somebody else took.</summary>
    private static bool IsPartial(PlanStory story, At<OrderIntent> order)
    {
        var instrument = story.Instruments[order.Instrument];
        var filled = FilledLots(story, order.Value.Id);
        var rest = instrument.Quantity(order.Value.QuantityLots - filled);
        return filled > 0 && rest > 0m && rest >= instrument.QuantityMin;
    }

    private static long FilledLots(PlanStory story, ClientOrderId id) => story.Events
        .Where(told => told.Value.Id == id && told.Value.Type == OrderEventType.Filled)
        .DistinctBy(told => told.Value.TradeId)
        .Sum(told => told.Value.Fill.QuantityLots);

    private static string Describe(PlanStory story, At<OrderIntent> order)
    {
        var intent = order.Value;
        var instrument = story.Instruments[order.Instrument];
        var life = new OrderLife(intent.Id, intent.QuantityLots);
        life.Submit();
        foreach (var told in story.Events.Where(told => told.Value.Id == intent.Id))
        {
            life.Apply(told.Value);
        }

        var state = life.State switch { OrderState.New => "not-found", OrderState.Acked => "accepted", OrderState.Partial => "partially-filled", var other => other.ToString().ToLowerInvariant() };
        return $"{order.Sequence} {intent.Id} {intent.Leg} {intent.Purpose} {instrument.Id} {intent.Side} {Decimals.Plain(instrument.Quantity(intent.QuantityLots))} "
            .ToLowerInvariant() + $"{Decimals.Plain(instrument.Price(intent.LimitTicks))} {state} {Decimals.Plain(instrument.Quantity(life.FilledLots))}";
    }

    private static string Describe(OrderRow order) =>
        $"{order.Sequence} {order.Id} {order.Leg} {order.Purpose} {order.Pair}@{order.Venue} {order.Side} {order.Quantity} ".ToLowerInvariant()
        + $"{order.LimitPrice} {order.State} {order.Filled}";

    private StoreBed Projected(string database)
    {
        var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal);
        return bed.Project();
    }
}
