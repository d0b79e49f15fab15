using FsCheck;
using FsCheck.Fluent;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Tests.Ledger;

public sealed class ReservationsTests
{
    private readonly Reservations _reservations = new();
    private readonly Holding _usd = An.Holding("USD");
    private readonly Holding _btc = An.Holding("BTC");

    [Fact]
    public void A_plan_gets_all_of_its_holdings_or_none()
    {
        _reservations.Receive(_usd, 100m);
        _reservations.Receive(_btc, 1m);

        var result = _reservations.Reserve(new(1), [new(_usd, 50m), new(_btc, 2m)], out var shortfall);

        Assert.Equal(ReservationResult.Insufficient, result);
        Assert.Equal(new Shortfall(_btc, 2m, 1m), shortfall);
        Assert.Equal(100m, _reservations.Available(_usd));
        Assert.False(_reservations.IsOpen(new(1)));
    }

    [Fact]
    public void What_was_withdrawn_is_free_and_its_number_is_the_next_plans()
    {
        _reservations.Receive(_usd, 100m);
        _reservations.Reserve(new(1), _usd, 40m);
        _reservations.Reserve(new(2), _usd, 60m);

        _reservations.Withdraw(new(2));

        Assert.Equal(60m, _reservations.Available(_usd));
        Assert.Equal(ReservationResult.Ok, _reservations.Reserve(new(2), _usd, 50m));
        Assert.Equal(ReservationResult.Duplicate, _reservations.Reserve(new(2), _usd, 1m));
        Assert.Equal(ReservationResult.Duplicate, _reservations.Reserve(new(1), _usd, 1m));
        _reservations.Check();
    }

    [Fact]
    public void An_account_takes_in_any_number_of_holdings()
    {
        for (var i = 1; i <= 100; i++)
        {
            _reservations.Receive(An.Holding($"A{i}"), i);
        }

        Assert.All(Enumerable.Range(1, 100), i => Assert.Equal(i, _reservations.Balance(An.Holding($"A{i}"))));
    }

    [Fact]
    public void A_plan_that_is_short_of_two_holdings_fails_on_the_first_by_name()
    {
        _reservations.Reserve(new(1), [new(_usd, 50m), new(_btc, 2m)], out var first);
        _reservations.Reserve(new(1), [new(_btc, 2m), new(_usd, 50m)], out var second);

        Assert.Equal(_btc, first.Holding);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Two_lines_of_one_holding_count_together()
    {
        _reservations.Receive(_usd, 100m);

        Assert.Equal(ReservationResult.Insufficient, _reservations.Reserve(new(1), [new(_usd, 60m), new(_usd, 60m)], out _));
        Assert.Equal(100m, _reservations.Available(_usd));
        Assert.Equal(ReservationResult.Ok, _reservations.Reserve(new(2), [new(_usd, 60m), new(_usd, 40m)], out _));
        Assert.Equal(100m, _reservations.Reserved(new(2), _usd));
    }

    [Fact]
    public void An_id_is_never_granted_twice()
    {
        _reservations.Receive(_usd, 100m);
        _reservations.Reserve(new(1), _usd, 10m);

        Assert.Equal(ReservationResult.Duplicate, _reservations.Reserve(new(1), _usd, 10m));
        _reservations.Release(new(1));
        Assert.Equal(ReservationResult.Duplicate, _reservations.Reserve(new(1), _usd, 10m));
        Assert.Equal(100m, _reservations.Available(_usd));
    }

    [Theory]
    [InlineData(1, 2, 3, 4, 5)]
    [InlineData(3, 1, 5, 2, 4)]
    [InlineData(9, 0, 1, 8, 2)]
    public void Ids_are_remembered_in_whatever_order_they_are_granted(params int[] ids)
    {
        _reservations.Receive(_usd, 100m);
        for (var i = 0; i < ids.Length; i++)
        {
            Assert.Equal(ReservationResult.Ok, _reservations.Reserve(new((ulong)ids[i]), _usd, 1m));
            Assert.All(ids[..(i + 1)], id => Assert.Equal(ReservationResult.Duplicate, _reservations.Reserve(new((ulong)id), _usd, 1m)));
        }
    }

    [Fact]
    public void An_id_that_was_refused_may_ask_again()
    {
        Assert.Equal(ReservationResult.Insufficient, _reservations.Reserve(new(1), _usd, 10m));
        _reservations.Receive(_usd, 10m);
        Assert.Equal(ReservationResult.Ok, _reservations.Reserve(new(1), _usd, 10m));
    }

    [Fact]
    public void Consuming_or_releasing_what_is_not_open_is_said_and_changes_nothing()
    {
        _reservations.Receive(_usd, 100m);

        Assert.Equal(ReservationResult.Unknown, _reservations.Consume(new(7), _usd, 1m));
        Assert.Equal(ReservationResult.Unknown, _reservations.Release(new(7)));
        Assert.Equal(100m, _reservations.Balance(_usd));
    }

    [Fact]
    public void What_a_plan_receives_stays_set_aside_for_its_next_leg()
    {
        _reservations.Receive(_usd, 100m);
        _reservations.Reserve(new(1), _usd, 100m);

        _reservations.Spend(new(1), _usd, 100m);
        _reservations.Receive(new(1), _btc, 0.5m);

        Assert.Equal(0.5m, _reservations.Balance(_btc));
        Assert.Equal(0m, _reservations.Available(_btc));
        _reservations.Release(new(1));
        Assert.Equal(0.5m, _reservations.Available(_btc));
    }

    [Fact]
    public void A_fill_beyond_the_reservation_is_booked_and_the_excess_told()
    {
        _reservations.Receive(_usd, 100m);
        _reservations.Reserve(new(1), _usd, 60m);

        Assert.Equal(5m, _reservations.Spend(new(1), _usd, 65m));
        Assert.Equal(35m, _reservations.Balance(_usd));
        Assert.Equal(35m, _reservations.Available(_usd));
    }

    [Fact]
    public void A_fill_after_the_release_comes_out_of_what_is_free()
    {
        _reservations.Receive(_usd, 100m);
        _reservations.Reserve(new(1), _usd, 60m);
        _reservations.Release(new(1));

        Assert.Equal(10m, _reservations.Spend(new(1), _usd, 10m));
        _reservations.Receive(new(1), _btc, 1m);
        Assert.Equal(90m, _reservations.Available(_usd));
        Assert.Equal(1m, _reservations.Available(_btc));
    }

    [Fact]
    public void A_thousand_plans_that_want_the_same_money_get_no_more_than_there_is()
    {
        _reservations.Receive(_usd, 1_000m);

        var results = Enumerable.Range(1, 1_000).Select(i => _reservations.Reserve(new((ulong)i), _usd, 7m)).ToArray();

        Assert.Equal(142, results.Count(result => result == ReservationResult.Ok));
        Assert.Equal(858, results.Count(result => result == ReservationResult.Insufficient));
        Assert.Equal(6m, _reservations.Available(_usd));
        _reservations.Check();
    }

    [Fact]
    public void A_negative_amount_is_a_fault_of_the_caller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _reservations.Reserve(new(1), _usd, -1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => _reservations.Receive(_usd, -1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => _reservations.Spend(_usd, -1m));
    }

    /// <summary>Random commands against the same rules written down plainly.</summary>
    [Fact]
    public void Any_sequence_of_commands_leaves_what_a_plain_model_says() =>
        Prop.ForAll(Commands().ToArbitrary(), commands =>
        {
            var reservations = new Reservations();
            var balances = new Dictionary<Holding, decimal> { [_usd] = 100m, [_btc] = 100m };
            var open = new Dictionary<ulong, Dictionary<Holding, decimal>>();
            var used = new HashSet<ulong>();
            reservations.Receive(_usd, 100m);
            reservations.Receive(_btc, 100m);
            foreach (var (op, id, isUsd, amount) in commands)
            {
                var holding = isUsd ? _usd : _btc;
                var free = balances[holding] - open.Values.Sum(holds => holds.GetValueOrDefault(holding));
                switch (op)
                {
                    case 0:
                        var granted = !used.Contains(id) && amount <= free;
                        Assert.Equal(granted, reservations.Reserve(new(id), holding, amount) == ReservationResult.Ok);
                        if (granted)
                        {
                            used.Add(id);
                            open[id] = new() { [holding] = amount };
                            Assert.True(reservations.Available(holding) >= 0m);
                        }

                        break;
                    case 1:
                        var held = open.GetValueOrDefault(id)?.GetValueOrDefault(holding) ?? 0m;
                        var consumed = open.ContainsKey(id) && open[id].ContainsKey(holding) && amount <= held;
                        Assert.Equal(consumed, reservations.Consume(new(id), holding, amount) == ReservationResult.Ok);
                        if (consumed)
                        {
                            open[id][holding] -= amount;
                            balances[holding] -= amount;
                        }

                        break;
                    case 2:
                        Assert.Equal(open.Remove(id), reservations.Release(new(id)) == ReservationResult.Ok);
                        break;
                    default:
                        Assert.Equal(amount - balances[holding], reservations.Sync(holding, amount).Value);
                        balances[holding] = amount;
                        break;
                }

                reservations.Check();
                Assert.Equal(balances[holding], reservations.Balance(holding));
                Assert.Equal(open.Values.Sum(holds => holds.GetValueOrDefault(holding)), reservations.Reserved(holding));
            }
        }).QuickCheckThrowOnFailure();

    private static Gen<(int Op, ulong Id, bool IsUsd, decimal Amount)[]> Commands() =>
        (from op in Gen.Choose(0, 3)
         from id in Gen.Choose(1, 6)
         from isUsd in Gen.Elements(true, false)
         from amount in Gen.Choose(0, 120)
         select (op, (ulong)id, isUsd, amount / 2m)).ArrayOf();
}
