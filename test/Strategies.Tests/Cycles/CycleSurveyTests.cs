using Parallax.Domain;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Cycles.Survey;
using Parallax.Testing;

namespace Parallax.Strategies.Tests.Cycles;

public sealed class CycleSurveyTests
{
    private static readonly Instrument[] Triangle = [Spot("BTCUSD", "BTC", "USD"), Spot("ETHBTC", "ETH", "BTC"), Spot("ETHUSD", "ETH", "USD")];

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Recorded_Gemini_triangle_gives_the_published_counts()
    {
        var survey = new CycleSurvey(CycleIndex.Of(Triangle, new CycleOptions()), Triangle, [0m, 10m, 26m]);

        RecordedBooks.Replay(SharedData.Path("data", "tri-gemini-20210417", "incremental_book_L2.csv.gz"), Triangle, survey.OnBook);

        var rows = survey.Rows().ToDictionary(row => row.Cycle.ToString());
        Assert.Equal(2, rows.Count);
        var (first, second) = (rows["USD>BTC>ETH>USD"], rows["USD>ETH>BTC>USD"]);
        Assert.Equal((217L, 217L), (first.Evaluations, second.Evaluations));
        Assert.Equal(-1.055, first.MaxGrossBps!.Value, 0.0005);
        Assert.Equal(0.160, second.MaxGrossBps!.Value, 0.0005);
        Assert.Equal([0L, 0, 0], first.AtFee.Select(fee => fee.Positive));
        Assert.Equal([3L, 0, 0], second.AtFee.Select(fee => fee.Positive));
        Assert.Equal(1, second.AtFee[0].Episodes);
        Assert.Equal(0.296, (double)second.AtFee[0].Seconds, 0.0005);
    }

    [Fact]
    public void Nothing_is_evaluated_until_every_leg_has_both_sides()
    {
        var survey = new CycleSurvey(CycleIndex.Of(Triangle, new CycleOptions()), Triangle, [0m]);

        survey.OnBest(0, new Level(100, 1), new Level(101, 1), 1);
        survey.OnBest(1, new Level(100, 1), new Level(101, 1), 2);
        survey.OnBest(2, new Level(100, 1), null, 3);
        Assert.All(survey.Rows(), row => Assert.Equal((0L, null, null), (row.Evaluations, row.MaxGrossBps, row.MedianGrossBps)));

        survey.OnBest(2, new Level(100, 1), new Level(101, 1), 4);
        Assert.All(survey.Rows(), row => Assert.Equal(1, row.Evaluations));
    }

    [Fact]
    public void Crossed_and_locked_legs_are_skipped_and_equal_tops_are_no_change()
    {
        var survey = Started();
        survey.OnBest(0, new Level(101, 1), new Level(101, 1), 10);
        survey.OnBest(1, new Level(100_000, 2), new Level(101_000, 1), 11);
        survey.OnBest(0, new Level(102, 1), new Level(101, 1), 12);
        Assert.All(survey.Rows(), row => Assert.Equal(1, row.Evaluations));

        survey.OnBest(0, new Level(100, 1), new Level(101, 1), 13);
        survey.OnBest(0, new Level(100, 1), new Level(101, 1), 14);
        Assert.All(survey.Rows(), row => Assert.Equal(2, row.Evaluations));

        survey.OnBest(0, new Level(100, 5), new Level(101, 1), 15);
        Assert.All(survey.Rows(), row => Assert.Equal(3, row.Evaluations));
    }

    [Fact]
    public void Episodes_are_runs_of_positive_evaluations_and_end_at_the_first_other_one()
    {
        var survey = Started();
        void Sell(long bid, long time) => survey.OnBest(2, new Level(bid, 1), new Level(2_000_000, 1), time);

        // Buying BTC at 1.01 and ETH at 1.01 pays when ETH sells above 1.0201.
        Sell(102_020, 100);
        Sell(102_030, 150);
        Sell(102_010, 250);
        Sell(103_000, 400);
        Sell(103_010, 1_000);

        var row = survey.Rows().Single(found => found.Cycle.ToString() == "USD>BTC>ETH>USD");
        Assert.Equal(new SurveyFee(0m, 4, 2, 150 + 600), row.AtFee[0]);
        Assert.Equal(new SurveyFee(26m, 2, 1, 600), row.AtFee[1]);
    }

    [Fact]
    public void A_rate_of_exactly_one_does_not_pay()
    {
        var survey = Started();
        survey.OnBest(2, new Level(102_010, 1), new Level(2_000_000, 1), 100);

        var row = survey.Rows().Single(found => found.Cycle.ToString() == "USD>BTC>ETH>USD");
        Assert.Equal(0, row.AtFee[0].Positive);
        Assert.Equal(0, row.MaxGrossBps!.Value, 1e-9);
    }

    [Fact]
    public void A_median_beyond_what_is_kept_is_that_of_an_even_sample()
    {
        var survey = Started(samplesMax: 1);
        for (var i = 1; i <= 50_000; i++)
        {
            survey.OnBest(2, new Level(100_001 + (10 * (i % 199)), 1), new Level(2_000_000, 1), i + 10);
        }

        var row = survey.Rows().Single(found => found.Cycle.ToString() == "USD>BTC>ETH>USD");
        Assert.False(row.IsMedianExact);
        Assert.Equal(50_001, row.Evaluations);
        Assert.Equal(((100_991.0 / 102_010) - 1) * 10_000, row.MedianGrossBps!.Value, 2.0);
    }

    private static CycleSurvey Started(int samplesMax = 8_000_000)
    {
        var survey = new CycleSurvey(CycleIndex.Of(Triangle, new CycleOptions()), Triangle, [0m, 26m], samplesMax);
        survey.OnBest(0, new Level(100_000, 1), new Level(101_000, 1), 1);
        survey.OnBest(1, new Level(100_000, 1), new Level(101_000, 1), 2);
        survey.OnBest(2, new Level(100_000, 1), new Level(2_000_000, 1), 3);
        return survey;
    }

    private static Instrument Spot(string symbol, string asset, string quote) => new()
    {
        Id = new InstrumentId(new VenueId("gemini"), new Asset(asset), new Asset(quote), InstrumentKind.Spot),
        Symbol = symbol,
        TickSize = 0.00001m,
        LotSize = 0.00000001m,
    };
}
