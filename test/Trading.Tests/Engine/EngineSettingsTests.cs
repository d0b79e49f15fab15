using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Tests.Engine;

public sealed class EngineSettingsTests
{
    private static readonly Gen<decimal> Amounts = Gen.Choose(0, int.MaxValue).SelectMany(units => Gen.Choose(0, 9).Select(scale => new decimal(units, 0, 0, false, (byte)scale)));

    private static readonly Gen<FeeTerms> Terms =
        from rate in Amounts
        from mode in Gen.Elements(FeeMode.Receive, FeeMode.Quote, FeeMode.Base, FeeMode.Spend)
        from step in Gen.Elements<decimal?>(null, 0.01m, 0.0000000001m)
        select new FeeTerms(rate, mode, step);

    private static readonly Gen<EngineSettings> Settings =
        from capital in Gen.ListOf(Gen.Elements("USD", "BTC", "ETH.F", "A-1"))
        from amount in Amounts
        from terms in Terms
        from exception in Terms
        from legs in Gen.Choose(3, 5)
        from session in Gen.Choose(1, 1_000_000)
        from limit in Gen.Choose(0, 86_400_000)
        from surroundings in Gen.SubListOf("simulation.seed", "venue.endpoint", "x")
        select new EngineSettings
        {
            Mode = "paper",
            Capital = capital.Distinct().ToDictionary(code => new Asset(code), _ => amount),
            StartAssets = [new Asset("USD"), new Asset("ETH.F")],
            Fees = new FeeTable(terms, new Dictionary<string, FeeTerms> { ["BTC/USD"] = exception, ["BTC/USD:perp"] = terms }),
            LegsMax = legs,
            Session = session,
            Limits = new RiskLimits { BookAgeMillisMax = limit, NotionalMax = amount + 1m, NotionalMin = amount / 3m, ReserveFraction = 0.5m },
            Execution = new ExecutionSettings { ResidualNanosMax = limit, NotFoundAnswers = legs },
            Surroundings = surroundings.ToDictionary(key => key, key => $"wss://{key}?a=b"),
        };

    [Fact]
    public void Settings_read_from_their_canonical_text_have_that_text() => Prop.ForAll(Settings.ToArbitrary(), settings =>
    {
        var read = EngineSettings.FromCanonical(settings.Canonical());

        Assert.Equal(settings.Canonical(), read.Canonical());
        Assert.Equal(settings.Limits, read.Limits);
        Assert.Equal(settings.Execution, read.Execution);
        Assert.Equal(settings.StartAssets, read.StartAssets);
        Assert.Equal(settings.Fees.Default, read.Fees.Default);
        Assert.Equal(settings.Fees.ByPair.Order(Keys), read.Fees.ByPair.Order(Keys));
        Assert.Equal(settings.Surroundings.Order(Texts), read.Surroundings.Order(Texts));
        Assert.Equal(settings.Capital.OrderBy(held => held.Key), read.Capital.OrderBy(held => held.Key));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("mode=paper", "no line 'session'")]
    [InlineData("mode=paper\nmode=paper", "each key once")]
    [InlineData("nothing", "key=value")]
    [InlineData("mode=paper\nsession=x\nstart-assets=USD", "'session' is a number")]
    public void A_text_that_is_no_settings_is_refused_in_words(string text, string saying) =>
        Assert.Contains(saying, Assert.Throws<FormatException>(() => EngineSettings.FromCanonical(text)).Message, StringComparison.Ordinal);

    private static readonly IComparer<KeyValuePair<string, FeeTerms>> Keys = Comparer<KeyValuePair<string, FeeTerms>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    private static readonly IComparer<KeyValuePair<string, string>> Texts = Comparer<KeyValuePair<string, string>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));
}
