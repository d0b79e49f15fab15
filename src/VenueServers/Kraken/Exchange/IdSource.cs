using Parallax.Simulation.Randomness;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>Ids in the venue's form, <c>OUF4EM-FRGI2-MQMWZD</c>: the same from the same seed.</summary>
internal sealed class IdSource(ulong seed)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly SeededRandom _random = new(seed, stream: 0x52);

    /// <param name="prefix">O for orders, T for trades, L for ledger entries.</param>
    public string Next(char prefix) => string.Create(19, prefix, (text, first) =>
    {
        text[0] = first;
        for (var i = 1; i < text.Length; i++)
        {
            text[i] = i is 6 or 12 ? '-' : Letters[(int)_random.Below(Letters.Length)];
        }
    });

    public string NextToken() => string.Concat(Enumerable.Range(0, 4).Select(_ => Next('W'))).Replace("-", "", StringComparison.Ordinal);
}
