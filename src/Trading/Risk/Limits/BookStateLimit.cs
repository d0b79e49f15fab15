namespace Parallax.Trading.Risk.Limits;

/// <summary>Every leg stands on a book that is whole: no gap, no failed checksum, not crossed.</summary>
internal static class BookStateLimit
{
    public static bool Refuses(in Proposal proposal, out Refused refused)
    {
        foreach (ref readonly var leg in proposal.Legs)
        {
            if (!leg.IsSound)
            {
                refused = new Refused(RefusalReason.BookState, leg.Instrument, 0m);
                return true;
            }
        }

        refused = default;
        return false;
    }
}
