using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.World;

/// <summary>What the venue says otherwise afterwards: fees that it corrects and trades that it takes back. It says so again and again, as its history does.</summary>
public sealed class Restatements(DrillWorld world)
{
    private const long EveryNanos = 2 * UtcNanos.PerSecond;

    private readonly List<(RecordHeader Header, byte[] Payload)> _made = [];
    private readonly PayloadWriter _payload = new();

    /// <summary>How many there were.</summary>
    public int Count => _made.Count;

    /// <summary>A fill that was told without a fee is charged after a while.</summary>
    public void Correct(DrillOrder order, int at, decimal fee, long afterNanos) => world.Agenda.After(afterNanos, () =>
    {
        var fill = order.Fills[at];
        order.Correct(at, fee);
        world.Venue.Move(fill.FeeAsset, -fee);
        Make(FeeCorrection.RecordKind, new FeeCorrection(fill.Id, fill.TradeId, fill.FeeAsset, fee).Write(_payload));
    });

    /// <summary>The first fill of an order is taken back after a while, as if it had never been.</summary>
    public void Reverse(DrillOrder order, long afterNanos) => world.Agenda.After(afterNanos, () =>
    {
        var fill = order.Fills[0];
        var instrument = DrillListings.All[fill.Instrument];
        var (lots, sign) = (instrument.Quantity(fill.Fill.QuantityLots), fill.Side == Side.Buy ? 1m : -1m);
        order.Reverse(0);
        world.Venue.Move(instrument.Base, -sign * lots);
        world.Venue.Move(instrument.Quote, sign * lots * instrument.Price(fill.Fill.PriceTicks));
        world.Venue.Move(fill.FeeAsset, fill.Fee);
        Make(TradeReversal.RecordKind, new TradeReversal(fill.Id, fill.TradeId, "clearly erroneous").Write(_payload));
    });

    private void Make(byte kind, ReadOnlySpan<byte> payload)
    {
        world.Story.Say("venue", $"restates a trade");
        _made.Add((new RecordHeader { Kind = kind }, payload.ToArray()));
        world.Agenda.After(world.Latency(), _made.Count == 1 ? TellAll : Tell);
    }

    private void TellAll()
    {
        Tell();
        world.Agenda.After(EveryNanos, TellAll);
    }

    private void Tell()
    {
        foreach (var (header, payload) in _made.ToArray())
        {
            if (world.Process is { Engine.HasBegun: true } process)
            {
                process.Take(header, payload);
            }
        }
    }
}
