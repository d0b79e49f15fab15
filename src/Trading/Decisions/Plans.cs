using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Decisions;

/// <summary>An opportunity was sized, approved and became a plan.</summary>
/// <param name="Plan">Counts plans of this session from 1.</param>
/// <param name="Input">Start asset the sized plan spends.</param>
/// <param name="GrossProfit">What the same input would earn on the same levels without fees and lots.</param>
/// <param name="Fees">What fees take from that; zero or negative.</param>
/// <param name="Rounding">What lots, ticks and fee rounding take after that; zero or negative but for the last digit.</param>
/// <param name="ExpectedProfit">The three above added up: the profit the visible books pay, dust at zero.</param>
/// <remarks>All four in the start asset. With the slippage in <see cref="PlanClosed"/> they sum to the realised profit exactly.</remarks>
public readonly record struct PlanOpened(
    int Plan,
    long Opportunity,
    string Cycle,
    Asset StartAsset,
    decimal Input,
    decimal GrossProfit,
    decimal Fees,
    decimal Rounding,
    decimal ExpectedProfit)
    : IDecision<PlanOpened>
{
    public static DecisionKind Kind => DecisionKind.PlanOpened;

    /// <summary>The plan whose residual this one brings home: what both come to is one result, and it is that plan's; <see langword="null"/> for every other plan.</summary>
    public PlanName? First { get; init; }

    public void Write(PayloadWriter writer)
    {
        writer.Int32(Plan).Int64(Opportunity).Text(Cycle).Text(StartAsset.Code)
            .Decimal(Input).Decimal(GrossProfit).Decimal(Fees).Decimal(Rounding).Decimal(ExpectedProfit);
        if (First is { } first)
        {
            writer.Bool(true).Int32(first.Session).Int32(first.Number);
        }
    }

    public static PlanOpened Read(ref PayloadReader reader) => new(
        reader.Int32(), reader.Int64(), reader.Text(), reader.Asset(),
        reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.Decimal())
    {
        First = reader.HasMore && reader.Bool() ? new PlanName(reader.Int32(), reader.Int32()) : null,
    };
}

/// <summary>A plan of any session. Text form: <c>3-17</c>.</summary>
/// <param name="Number">Counts plans of its session from 1.</param>
public readonly record struct PlanName(int Session, int Number) : IComparable<PlanName>
{
    public int CompareTo(PlanName other) => (Session, Number).CompareTo((other.Session, other.Number));

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Session}-{Number}");
}

/// <summary>The book of one leg as it was when the plan was made: what the decision saw. The record's subject is the instrument.</summary>
/// <param name="Leg">From 0.</param>
/// <param name="ReceivedTime">When the book was last updated, UTC nanoseconds.</param>
/// <param name="Levels">Best first, on the side the leg takes from.</param>
/// <param name="QuantityLots">What the plan takes of them.</param>
public readonly record struct BookSeen(
    int Plan, byte Leg, Side Side, long ReceivedTime, long VenueTime, long QuantityLots, long LimitTicks, ReadOnlyMemory<Level> Levels)
    : IDecision<BookSeen>
{
    public static DecisionKind Kind => DecisionKind.BookSeen;

    public void Write(PayloadWriter writer)
    {
        writer.Int32(Plan).Byte(Leg).Byte((byte)Side).Int64(ReceivedTime).Int64(VenueTime).Int64(QuantityLots).Int64(LimitTicks);
        writer.UInt16((ushort)Levels.Length);
        foreach (var level in Levels.Span)
        {
            writer.Int64(level.PriceTicks).Int64(level.QuantityLots);
        }
    }

    public static BookSeen Read(ref PayloadReader reader)
    {
        var seen = new BookSeen(
            reader.Int32(), reader.Byte(), (Side)reader.Byte(), reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64(), default);
        var levels = new Level[reader.UInt16()];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = new Level(reader.Int64(), reader.Int64());
        }

        return seen with { Levels = levels };
    }
}

/// <summary>What an order is for.</summary>
public enum OrderPurpose : byte
{
    /// <summary>A leg of the plan, at the planned limit.</summary>
    Leg = 0,

    /// <summary>A leg again, at what the book now asks: the one re-quote after a partial fill.</summary>
    Requote = 1,

    /// <summary>Back toward the start asset.</summary>
    Unwind = 2,
}

/// <summary>An order is about to leave. Durable before its bytes do. The record's subject is the instrument.</summary>
public readonly record struct OrderIntent(
    ClientOrderId Id, int Plan, byte Leg, OrderPurpose Purpose, Side Side, long QuantityLots, long LimitTicks, TimeInForce TimeInForce)
    : IDecision<OrderIntent>
{
    public static DecisionKind Kind => DecisionKind.OrderIntent;

    public void Write(PayloadWriter writer) => writer
        .UInt64(Id.Value).Int32(Plan).Byte(Leg).Byte((byte)Purpose).Byte((byte)Side).Int64(QuantityLots).Int64(LimitTicks).Byte((byte)TimeInForce);

    public static OrderIntent Read(ref PayloadReader reader) => new(
        new ClientOrderId(reader.UInt64()), reader.Int32(), reader.Byte(), (OrderPurpose)reader.Byte(), (Side)reader.Byte(),
        reader.Int64(), reader.Int64(), (TimeInForce)reader.Byte());
}

/// <summary>No definite answer came in time: the order counts as exposure until the venue says otherwise.</summary>
public readonly record struct OrderUnknown(ClientOrderId Id, int Plan, int Queries) : IDecision<OrderUnknown>
{
    public static DecisionKind Kind => DecisionKind.OrderUnknown;

    public void Write(PayloadWriter writer) => writer.UInt64(Id.Value).Int32(Plan).Int32(Queries);

    public static OrderUnknown Read(ref PayloadReader reader) => new(new ClientOrderId(reader.UInt64()), reader.Int32(), reader.Int32());
}

/// <summary>After a failed or partial leg: what each way out was worth on the books of that moment, and which was taken.</summary>
/// <param name="Node">How many legs the amount has behind it; the amount is in that leg's output asset.</param>
/// <param name="Continue">Start asset that going on would bring; <see langword="null"/> when a book is too thin.</param>
/// <param name="Unwind">Start asset that going back would bring; <see langword="null"/> when a book is too thin.</param>
/// <param name="Choice"><c>continue</c>, <c>unwind</c>, <c>hedge</c> (home over other markets, in a plan that belongs to this one) or <c>hold</c>.</param>
/// <param name="Why">What decided it.</param>
public readonly record struct LegDecided(int Plan, byte Node, Asset Asset, decimal Amount, decimal? Continue, decimal? Unwind, string Choice, string Why)
    : IDecision<LegDecided>
{
    public static DecisionKind Kind => DecisionKind.LegDecided;

    /// <summary>Start asset that another way home would bring; <see langword="null"/> when there is none.</summary>
    public decimal? Hedge { get; init; }

    public void Write(PayloadWriter writer)
    {
        writer.Int32(Plan).Byte(Node).Text(Asset.Code).Decimal(Amount)
            .Bool(Continue.HasValue).Decimal(Continue ?? 0m).Bool(Unwind.HasValue).Decimal(Unwind ?? 0m).Text(Choice).Text(Why);
        if (Hedge is { } hedge)
        {
            writer.Bool(true).Decimal(hedge);
        }
    }

    public static LegDecided Read(ref PayloadReader reader)
    {
        var (plan, node, asset, amount) = (reader.Int32(), reader.Byte(), reader.Asset(), reader.Decimal());
        var (hasContinue, toContinue) = (reader.Bool(), reader.Decimal());
        var (hasUnwind, toUnwind) = (reader.Bool(), reader.Decimal());
        return new(plan, node, asset, amount, hasContinue ? toContinue : null, hasUnwind ? toUnwind : null, reader.Text(), reader.Text())
        {
            Hedge = reader.HasMore && reader.Bool() ? reader.Decimal() : null,
        };
    }
}

/// <summary>How a plan ended. There is no other way to end.</summary>
public enum PlanOutcome : byte
{
    /// <summary>Every leg traded; what was too small to trade is dust.</summary>
    Completed = 1,

    /// <summary>Back in the start asset by another way than planned, for part or all of it.</summary>
    Unwound = 2,

    /// <summary>Something is left that could not be traded within the rules; it is listed.</summary>
    Residual = 3,

    /// <summary>The first leg did not trade: nothing happened.</summary>
    Missed = 4,
}

/// <summary>An amount a plan leaves in an asset other than the one it started from.</summary>
/// <param name="MarkInStart">What the amount would bring in the start asset at the book's best now; <see langword="null"/> when there is no price.</param>
/// <param name="IsDust">The rounding of an order that filled whole, or below what the venue lets us trade: inventory, not exposure.</param>
public readonly record struct Remainder(Asset Asset, decimal Amount, decimal? MarkInStart, bool IsDust);

/// <summary>A plan is over and owns nothing any more.</summary>
/// <param name="Realised">Change of the start asset by this plan, fees included; remainders count zero.</param>
/// <param name="Slippage">Realised minus expected: moved books, partial fills, unwinding. Negative is worse.</param>
public readonly record struct PlanClosed(
    int Plan, PlanOutcome Outcome, decimal Realised, decimal Slippage, long OpenedTime, ReadOnlyMemory<Remainder> Remainders)
    : IDecision<PlanClosed>
{
    public static DecisionKind Kind => DecisionKind.PlanClosed;

    /// <summary>
    /// Start asset: the cost of what it leaves listed, less that of what it took over. What is listed is an open position and no loss yet, so that
    /// its cost goes on with it. Zero for a plan that neither left nor took over anything.
    /// </summary>
    public decimal Carried { get; init; }

    /// <summary>What this plan adds to the result of the plan it belongs to, which is itself where it takes nothing home.</summary>
    public decimal Result => Realised + Carried;

    /// <summary>What was realised with what was left at its mark; what has no mark counts nothing.</summary>
    public decimal AtMark()
    {
        var worth = Realised;
        foreach (ref readonly var left in Remainders.Span)
        {
            worth += left.IsDust ? 0m : left.MarkInStart ?? 0m;
        }

        return worth;
    }

    public void Write(PayloadWriter writer)
    {
        writer.Int32(Plan).Byte((byte)Outcome).Decimal(Realised).Decimal(Slippage).Int64(OpenedTime).Byte((byte)Remainders.Length);
        foreach (var remainder in Remainders.Span)
        {
            writer.Text(remainder.Asset.Code).Decimal(remainder.Amount)
                .Bool(remainder.MarkInStart.HasValue).Decimal(remainder.MarkInStart ?? 0m).Bool(remainder.IsDust);
        }

        if (Carried != 0m)
        {
            writer.Bool(true).Decimal(Carried);
        }
    }

    public static PlanClosed Read(ref PayloadReader reader)
    {
        var closed = new PlanClosed(reader.Int32(), (PlanOutcome)reader.Byte(), reader.Decimal(), reader.Decimal(), reader.Int64(), default);
        var remainders = new Remainder[reader.Byte()];
        for (var i = 0; i < remainders.Length; i++)
        {
            var (asset, amount, hasMark, mark) = (reader.Asset(), reader.Decimal(), reader.Bool(), reader.Decimal());
            remainders[i] = new Remainder(asset, amount, hasMark ? mark : null, reader.Bool());
        }

        return closed with { Remainders = remainders, Carried = reader.HasMore && reader.Bool() ? reader.Decimal() : 0m };
    }
}
