using Parallax.Domain;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Whether each instrument may be traded: the venue's engine is online, its own pair is, and its grid is still the one we know.</summary>
/// <remarks>
/// A pair whose price or quantity step differs from our definition stays halted until the session is restarted: an instrument never
/// changes (<see cref="Instrument"/>), and its numbers would be misread.
/// </remarks>
internal sealed class MarketStates(IReadOnlyList<Instrument> instruments)
{
    private readonly MarketStatus[] _pairs = [.. Enumerable.Repeat(MarketStatus.Online, instruments.Count)];
    private readonly bool[] _isRedefined = new bool[instruments.Count];
    private readonly Dictionary<string, ushort> _numbers = instruments.Select((one, i) => (one.Symbol, (ushort)i)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Online until the venue says otherwise, which it does in the first frame of a connection.</summary>
    public MarketStatus System { get; private set; } = MarketStatus.Online;

    public bool IsOpen(ushort number) => System == MarketStatus.Online && _pairs[number] == MarketStatus.Online && !_isRedefined[number];

    public bool IsRedefined(ushort number) => _isRedefined[number];

    /// <returns>The instruments that opened or closed by it.</returns>
    public IReadOnlyList<ushort> OnSystem(MarketStatus status) => Changed(() => System = status);

    /// <returns>The instruments that opened or closed by it.</returns>
    public IReadOnlyList<ushort> OnPairs(IReadOnlyList<PairRow> pairs) => Changed(() =>
    {
        foreach (var pair in pairs)
        {
            if (_numbers.TryGetValue(pair.Symbol, out var number))
            {
                _pairs[number] = pair.Status;
                _isRedefined[number] |= !HasSameGrid(instruments[number], pair);
            }
        }
    });

    private ushort[] Changed(Action change)
    {
        var before = Enumerable.Range(0, instruments.Count).Select(number => IsOpen((ushort)number)).ToArray();
        change();
        return [.. Enumerable.Range(0, instruments.Count).Select(number => (ushort)number).Where(number => IsOpen(number) != before[number])];
    }

    private static bool HasSameGrid(Instrument known, PairRow told) =>
        known.TickSize == told.PriceIncrement && known.LotSize == told.QuantityIncrement
        && known.PriceDecimals == told.PriceDecimals && known.QuantityDecimals == told.QuantityDecimals;
}
