using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Ledger;

/// <summary>The ledger and the balances that plans draw on, moved together and proved equal after every step.</summary>
/// <remarks>
/// The two are computed apart: the ledger adds posting lines, the reservations add what was spent and received. After each step the
/// holdings it touched are compared, and a difference stops the engine. Engine thread only; allocates nothing in steady state.
/// </remarks>
public sealed class Treasury
{
    public GeneralLedger Ledger { get; } = new();

    public Reservations Reservations { get; } = new();

    /// <summary>Books opening capital or a deposit.</summary>
    /// <returns>The lines for the journal; valid until the next posting. The same for every method that returns lines.</returns>
    public ReadOnlySpan<PostingLine> Deposit(Holding holding, decimal amount)
    {
        Reservations.Receive(holding, amount);
        return Proved(Ledger.Post(Transaction.Deposit(holding, amount)));
    }

    public ReadOnlySpan<PostingLine> Withdraw(Holding holding, decimal amount)
    {
        Reservations.Spend(holding, amount);
        return Proved(Ledger.Post(Transaction.Withdrawal(holding, amount)));
    }

    /// <summary>Takes over what an earlier session owned.</summary>
    /// <param name="amount">Negative where that session was short.</param>
    public ReadOnlySpan<PostingLine> Carry(Holding holding, decimal amount) => MoveExternal(holding, amount, PostingReason.Carried);

    /// <summary>Books what others did to the account; never profit.</summary>
    /// <param name="change">Positive came in.</param>
    public ReadOnlySpan<PostingLine> MoveExternal(Holding holding, decimal change, PostingReason reason)
    {
        if (change >= 0m)
        {
            Reservations.Receive(holding, change);
        }
        else
        {
            Reservations.Spend(holding, -change);
        }

        return Proved(Ledger.Post(Transaction.Outside(holding, change, reason)));
    }

    public ReadOnlySpan<PostingLine> Transfer(Asset asset, VenueId from, VenueId to, decimal amount)
    {
        Reservations.Spend(new Holding(asset, from), amount);
        Reservations.Receive(new Holding(asset, to), amount);
        return Proved(Ledger.Post(Transaction.Transfer(asset, from, to, amount)));
    }

    /// <summary>Books a fill of a plan: what it spent comes out of the plan's reservation, what it received stays set aside for the plan.</summary>
    /// <param name="plan">A plan that is no longer open spends from and receives into what is free.</param>
    public Settlement Settle(scoped in Fill fill, ReservationId plan)
    {
        // Received first: a fee taken from it comes out of what has just come in.
        Reservations.Receive(plan, fill.Received, fill.ReceivedAmount);
        var beyond = Reservations.Spend(plan, fill.Spent, fill.SpentAmount);
        beyond += Charge(plan, fill.FeeHolding, fill.Fee);
        return new Settlement(Proved(Ledger.Apply(fill)), beyond);
    }

    /// <summary>Takes over what the venue says we hold.</summary>
    /// <param name="drift">Venue minus ours; zero posts nothing.</param>
    public ReadOnlySpan<PostingLine> Sync(Holding holding, decimal balance, out decimal drift)
    {
        var exact = Reservations.Sync(holding, balance);
        drift = exact.Value;
        return exact.IsZero ? [] : Proved(Ledger.Post(Transaction.Reconciliation(holding, exact)));
    }

    /// <summary>Books what a venue's rounding did to the balance of a plan; negative took from us.</summary>
    public ReadOnlySpan<PostingLine> Round(Holding holding, decimal change, ReservationId plan)
    {
        Charge(plan, holding, -change);
        return Proved(Ledger.Post(Transaction.Rounding(holding, change)));
    }

    /// <summary>Books a fee that the venue corrected after the fill.</summary>
    /// <param name="more">On top of what was booked; negative gives some back.</param>
    public Settlement CorrectFee(Holding holding, decimal more, ClientOrderId order, ulong tradeId, ReservationId plan)
    {
        var beyond = Charge(plan, holding, more);
        return new Settlement(Proved(Ledger.Post(Transaction.FeeCorrection(holding, more, order, tradeId))), beyond);
    }

    /// <summary>Books that a trade never was.</summary>
    /// <param name="plan">As for <see cref="Settle"/>.</param>
    public Settlement Reverse(BookedTrade trade, ReservationId plan)
    {
        Reservations.Receive(plan, trade.Spent, trade.SpentAmount);
        var beyond = Reservations.Spend(plan, trade.Received, trade.ReceivedAmount);
        beyond += Charge(plan, new Holding(trade.FeeAsset, trade.Venue), -trade.Fee);
        return new Settlement(Proved(Ledger.Post(Transaction.Reversal(trade))), beyond);
    }

    /// <summary>Proves everything: accounts sum to zero, reservations add up, every balance equals the ledger's.</summary>
    /// <exception cref="LedgerException">Names what differs, with both numbers.</exception>
    /// <remarks>O(holdings × open reservations); allocates nothing. For every so many steps and for the end of a run.</remarks>
    public void Check()
    {
        Ledger.Check();
        Reservations.Check();
        foreach (var holding in Reservations.Holdings)
        {
            Prove(holding);
        }

        foreach (var holding in Ledger.Holdings)
        {
            Prove(holding);
        }
    }

    private decimal Charge(ReservationId plan, Holding holding, decimal amount)
    {
        if (amount >= 0m)
        {
            return amount == 0m ? 0m : Reservations.Spend(plan, holding, amount);
        }

        Reservations.Receive(plan, holding, -amount);
        return 0m;
    }

    private ReadOnlySpan<PostingLine> Proved(ReadOnlySpan<PostingLine> lines)
    {
        foreach (ref readonly var line in lines)
        {
            if (line.Account == Account.Holdings)
            {
                Prove(line.Holding);
            }
        }

        return lines;
    }

    private void Prove(Holding holding)
    {
        var booked = Ledger.Sum(Account.Holdings, holding);
        var balance = Reservations.ExactBalance(holding);
        if (booked != balance)
        {
            throw new LedgerException($"The ledger holds {booked} of {holding}; the balance is {balance}.");
        }
    }
}
