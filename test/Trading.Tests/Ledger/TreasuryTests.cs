using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests.Ledger;

public sealed class TreasuryTests
{
    private readonly Treasury _treasury = new();
    private readonly Holding _usd = An.Holding("USD");
    private readonly Holding _btc = An.Holding("BTC");

    [Fact]
    public void A_plan_spends_what_it_reserved_and_keeps_what_it_received_after_the_fee()
    {
        _treasury.Deposit(_usd, 10_000m);
        _treasury.Reservations.Reserve(new(1), _usd, 6_006m);

        var settled = _treasury.Settle(An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000, 0.0001m, "BTC"), new(1));

        Assert.False(settled.ExceedsReservation);
        Assert.Equal(0.0999m, _treasury.Reservations.Reserved(new(1), _btc));
        Assert.Equal(6m, _treasury.Reservations.Reserved(new(1), _usd));
        Assert.Equal(3_994m, _treasury.Reservations.Available(_usd));
        _treasury.Reservations.Release(new(1));
        _treasury.Check();
    }

    [Fact]
    public void A_fee_in_an_asset_that_nobody_reserved_is_booked_and_told()
    {
        _treasury.Deposit(_usd, 10_000m);
        _treasury.Deposit(An.Holding("BNB"), 1m);
        _treasury.Reservations.Reserve(new(1), _usd, 6_000m);

        var settled = _treasury.Settle(An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000, 0.01m, "BNB"), new(1));

        Assert.True(settled.ExceedsReservation);
        Assert.Equal(0.99m, _treasury.Ledger.Balance(An.Holding("BNB")));
        _treasury.Check();
    }

    [Fact]
    public void A_venue_balance_that_differs_is_taken_over_as_external_and_never_as_profit()
    {
        _treasury.Deposit(_usd, 100m);

        var lines = _treasury.Sync(_usd, 60m, out var drift).ToArray();

        Assert.Equal(-40m, drift);
        Assert.Equal(2, lines.Length);
        Assert.Equal(60m, _treasury.Ledger.Balance(_usd));
        Assert.Equal(0m, ProfitAndLoss.Of(_treasury.Ledger, _usd.Asset));
        Assert.True(_treasury.Sync(_usd, 60m, out _).IsEmpty);
    }

    [Fact]
    public void A_drift_of_more_digits_than_a_decimal_has_is_booked_to_the_last_one()
    {
        _treasury.Deposit(_usd, 1_000_000_000_000_000m);
        _treasury.Deposit(_usd, 0.000000000000000001m);

        _treasury.Sync(_usd, 5m, out _);

        Assert.Equal(5m, _treasury.Ledger.Balance(_usd));
        _treasury.Check();
    }

    [Fact]
    public void A_balance_that_was_changed_behind_the_ledger_stops_at_the_next_step()
    {
        _treasury.Deposit(_usd, 100m);
        _treasury.Reservations.Spend(_usd, 0.01m);

        var fault = Assert.Throws<LedgerException>(() => _treasury.Deposit(_usd, 1m));

        Assert.Equal("The ledger holds 101 of USD@kraken; the balance is 100.99.", fault.Message);
        Assert.Throws<LedgerException>(_treasury.Check);
    }

    [Fact]
    public void A_corrected_fee_restates_the_result()
    {
        _treasury.Deposit(_usd, 10_000m);
        var fill = An.Fill(An.Instrument(), Side.Buy, 600_000, 10_000_000);
        _treasury.Settle(fill, new(1));

        _treasury.CorrectFee(_usd, 15.6m, fill.Order, fill.TradeId, new(1));

        Assert.Equal(3_984.4m, _treasury.Ledger.Balance(_usd));
        Assert.Equal(15.6m, _treasury.Ledger.Sum(Account.Fees, _usd).Value);
        _treasury.Check();
    }

    [Fact]
    public void Rounding_and_withdrawals_and_transfers_keep_ledger_and_balances_equal()
    {
        _treasury.Deposit(_usd, 100m);
        _treasury.Round(_usd, -0.004m, new(1));
        _treasury.Round(_usd, 0.001m, new(1));
        _treasury.Withdraw(_usd, 10m);
        _treasury.Transfer(_usd.Asset, _usd.Venue, new VenueId("gemini"), 20m);

        Assert.Equal(69.997m, _treasury.Ledger.Balance(_usd));
        Assert.Equal(-0.003m, ProfitAndLoss.Of(_treasury.Ledger, _usd.Asset));
        _treasury.Check();
    }

    [Fact]
    public void Any_fills_of_any_plans_leave_ledger_and_balances_equal() =>
        Prop.ForAll(GeneralLedgerTests.AnyFills().ToArbitrary(), fills =>
        {
            var treasury = new Treasury();
            treasury.Deposit(_usd, 1_000_000m);
            treasury.Deposit(_btc, 100m);
            for (var i = 0; i < fills.Length; i++)
            {
                var plan = new ReservationId((ulong)(i / 3) + 1);
                treasury.Reservations.Reserve(plan, fills[i].Spent, decimal.Min(fills[i].SpentAmount, decimal.Max(0m, treasury.Reservations.Available(fills[i].Spent))));
                treasury.Settle(fills[i], plan);
                if (i % 3 == 2)
                {
                    treasury.Reservations.Release(plan);
                }

                treasury.Check();
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Settling_allocates_nothing_in_steady_state()
    {
        var fill = An.Fill(An.Instrument(), Side.Buy, 600_000, 10, 0.0001m);
        _treasury.Deposit(_usd, 1_000_000m);
        _treasury.Reservations.Reserve(new(1), _usd, 500_000m);
        _treasury.Settle(fill, new(1));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _treasury.Settle(fill, new(1));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
