using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Ledger;

/// <summary>A trade of ours as the venue reported it, in the amounts that move.</summary>
/// <param name="Fee">In <paramref name="FeeAsset"/>; negative is a rebate.</param>
/// <param name="FeeAsset">Base, quote or a third asset; without meaning when the fee is zero.</param>
public readonly record struct Fill(
    Instrument Instrument, Side Side, Level Level, decimal Fee, Asset FeeAsset, ClientOrderId Order, ulong TradeId)
{
    /// <exception cref="ArgumentException">The event is no fill, or its instrument is no spot market.</exception>
    public static Fill Of(in OrderEvent told, Instrument instrument)
    {
        if (told.Type != OrderEventType.Filled || instrument.Id.Kind != InstrumentKind.Spot)
        {
            throw new ArgumentException($"Only fills of spot markets move assets; found {told.Type} of {instrument.Id}.");
        }

        return new Fill(instrument, told.Side, told.Fill, told.Fee, told.FeeAsset, told.Id, told.TradeId);
    }

    public decimal BaseAmount => Instrument.Quantity(Level.QuantityLots);

    public decimal QuoteAmount => Instrument.Price(Level.PriceTicks) * BaseAmount;

    public Holding Base => new(Instrument.Base, Instrument.Id.Venue);

    public Holding Quote => new(Instrument.Quote, Instrument.Id.Venue);

    public Holding FeeHolding => new(FeeAsset, Instrument.Id.Venue);

    public Holding Spent => Side == Side.Buy ? Quote : Base;

    public decimal SpentAmount => Side == Side.Buy ? QuoteAmount : BaseAmount;

    public Holding Received => Side == Side.Buy ? Base : Quote;

    public decimal ReceivedAmount => Side == Side.Buy ? BaseAmount : QuoteAmount;
}
