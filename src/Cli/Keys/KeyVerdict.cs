using Parallax.Venues.Kraken.Rest;

namespace Parallax.Cli.Keys;

/// <summary>Whether a key may be used to trade: it can query and trade, and it cannot move money out.</summary>
/// <param name="Sentence">For people: what to change at the venue, or that nothing is to be changed.</param>
public sealed record KeyVerdict(bool IsUsable, string Sentence)
{
    public static KeyVerdict On(ApiKeyInfo key)
    {
        if (key.CanWithdraw)
        {
            return new KeyVerdict(false, "The key can withdraw funds. Parallax uses no such key: make one without that permission, and revoke this one.");
        }

        var missing = key.Missing.ToList();
        return missing.Count > 0
            ? new KeyVerdict(false, $"The key lacks {string.Join(", ", missing)}: allow it at the venue.")
            : new KeyVerdict(true, "The key can query and trade, and cannot withdraw.");
    }
}
