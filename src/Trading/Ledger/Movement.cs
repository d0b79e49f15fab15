using Parallax.Domain;

namespace Parallax.Trading.Ledger;

/// <summary>An amount of one asset that leaves one account and enters another: two lines that cancel.</summary>
/// <remarks>Transactions consist of movements alone, so that one which does not sum to zero per asset cannot be written down.</remarks>
public readonly record struct Movement
{
    private Movement(Holding from, Account fromAccount, Holding to, Account toAccount, decimal amount)
    {
        From = new PostingLine(fromAccount, from.Asset, from.Venue, -amount);
        To = new PostingLine(toAccount, to.Asset, to.Venue, amount);
    }

    public PostingLine From { get; }

    public PostingLine To { get; }

    public bool IsZero => To.Amount == 0m;

    /// <param name="amount">Positive flows as named, negative the other way (a fee that is a rebate), zero posts nothing.</param>
    public static Movement Between(Holding holding, Account from, Account to, decimal amount) => new(holding, from, holding, to, amount);

    public static Movement Across(Asset asset, VenueId from, VenueId to, decimal amount) =>
        new(new Holding(asset, from), Account.Holdings, new Holding(asset, to), Account.Holdings, amount);
}
