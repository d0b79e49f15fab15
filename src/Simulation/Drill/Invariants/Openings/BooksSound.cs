using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>Every book that the plan stands on is whole, not crossed, young enough, and by a clock that agrees with ours.</summary>
internal sealed class BooksSound : IOpeningRule
{
    public string Name => "no-trade-on-doubt";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now)
    {
        var limits = world.Terms.Limits;
        foreach (var number in plan.Instruments)
        {
            var book = world.Engine!.Markets.Book(number);
            var symbol = DrillListings.All[number].Symbol;
            if (book.State != BookState.Live)
            {
                return $"the book of {symbol} is {book.State}";
            }

            if (book.TryGetBest(BookSide.Bid, out var bid) && book.TryGetBest(BookSide.Ask, out var ask) && bid.PriceTicks >= ask.PriceTicks)
            {
                return $"the book of {symbol} is crossed";
            }

            if (now - book.ReceivedTime > limits.BookAgeMillisMax * 1_000_000)
            {
                return $"the book of {symbol} is {(now - book.ReceivedTime) / 1_000_000} ms old";
            }

            if (Math.Abs(book.ReceivedTime - book.VenueTime) > limits.ClockSkewMillisMax * 1_000_000)
            {
                return $"the venue's time of {symbol} is {(book.ReceivedTime - book.VenueTime) / 1_000_000} ms off ours";
            }
        }

        return null;
    }
}
