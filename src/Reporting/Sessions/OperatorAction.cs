using Parallax.Domain;

namespace Parallax.Reporting.Sessions;

/// <summary>What an operator decides about one thing of a running session, besides stopping and arming it.</summary>
public abstract record OperatorAction
{
    private OperatorAction()
    {
    }

    /// <summary>Trades a residual home on the book of this moment, whatever it pays.</summary>
    /// <param name="Confirmation">Typed by the operator: <see cref="OperatorPhrase.WorkOff"/>.</param>
    public sealed record WorkOffResidual(int Number, string Confirmation) : OperatorAction;

    /// <summary>Keeps a residual as inventory and lists it no more.</summary>
    /// <param name="Confirmation">Typed by the operator: <see cref="OperatorPhrase.WriteOff"/>.</param>
    public sealed record WriteOffResidual(int Number, string Confirmation) : OperatorAction;

    /// <summary>Takes the venue's word for a balance on which it and the ledger disagree.</summary>
    /// <param name="Venue">Null where only one venue disagrees about the asset.</param>
    /// <param name="Confirmation">Typed by the operator: <see cref="OperatorPhrase.Accept"/>.</param>
    public sealed record AcceptBalance(Asset Asset, VenueId? Venue, string Confirmation) : OperatorAction;

    /// <summary>Opens a breaker for its pause, or closes it.</summary>
    /// <param name="Name"><c>global</c>, <c>strategy:cycles</c>, <c>venue:kraken</c>.</param>
    public sealed record SwitchBreaker(string Name, bool IsTrip) : OperatorAction;
}

/// <summary>The words an operator types where money moves. They hold the amount: whoever types them has read it, and it was still that when they arrived.</summary>
public static class OperatorPhrase
{
    /// <returns><c>work off 0.002 BTC</c>.</returns>
    public static string WorkOff(decimal amount, Asset asset) => $"work off {Decimals.Plain(amount)} {asset.Code}";

    /// <returns><c>write off 0.002 BTC</c>.</returns>
    public static string WriteOff(decimal amount, Asset asset) => $"write off {Decimals.Plain(amount)} {asset.Code}";

    /// <param name="theirs">What the venue says is there.</param>
    /// <returns><c>accept 1.25 BTC</c>.</returns>
    public static string Accept(decimal theirs, Asset asset) => $"accept {Decimals.Plain(theirs)} {asset.Code}";

    /// <summary>Whether the words are the right ones; spaces around them do not count.</summary>
    public static bool IsTyped(string words, string typed) => typed.Trim() == words;
}
