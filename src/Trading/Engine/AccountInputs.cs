using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine;

/// <summary>Takes what is about our orders and accounts rather than markets. What comes before trading begins is kept until then.</summary>
internal sealed class AccountInputs(
    Markets markets, PlanExecutor executor, Reconciler reconciler, VenueDesk venues, RiskBook risk, DecisionWriter journal, Action feesChanged, Func<bool> mayTrade)
{
    private readonly List<byte[]> _early = [];

    public void Take(Record record, bool hasBegun)
    {
        if (hasBegun)
        {
            Take(record);
            return;
        }

        var frame = new byte[RecordFramer.RecordSize(record.Payload.Length)];
        RecordFramer.Write(frame, record.Header, record.Payload, record.Header.Sequence);
        _early.Add(frame);
    }

    /// <summary>Trading begins: what came before is taken in its order.</summary>
    public void TakeEarly()
    {
        foreach (var frame in _early)
        {
            Take(new Record(frame));
        }

        _early.Clear();
    }

    private void Take(Record record)
    {
        switch (record.Header.Kind)
        {
            case OrderEvent.RecordKind:
                executor.OnOrderEvent(OrderEvent.Read(record), record);
                break;
            case Statement.RecordKind:
                reconciler.Take(Statement.Read(record), record);
                break;
            case FeeSchedule.RecordKind:
                journal.Copy(record);
                var fees = FeeSchedule.Read(record);
                if (markets.Charge(fees.Venue, fees.Pair, fees.Terms))
                {
                    feesChanged();
                }

                break;
            case VenueStatus.RecordKind:
                journal.Copy(record);
                var status = VenueStatus.Read(record);
                venues.Take(status);
                risk.OnVenueStatus(status.Venue, status.AllowsTaking);
                break;
            case BalanceAcceptance.RecordKind:
                journal.Copy(record);
                reconciler.Accept(BalanceAcceptance.Read(record));
                break;
            case FeeCorrection.RecordKind:
                journal.Copy(record);
                executor.Correct(FeeCorrection.Read(record));
                break;
            case TradeReversal.RecordKind:
                journal.Copy(record);
                executor.Reverse(TradeReversal.Read(record));
                break;
            case ResidualCommand.RecordKind:
                journal.Copy(record);
                var command = ResidualCommand.Read(record);
                if (command.Wish != ResidualWish.WorkOff || mayTrade())
                {
                    executor.OnCommand(command);
                }

                break;
        }
    }
}
