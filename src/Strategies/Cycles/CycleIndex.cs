using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Strategies.Cycles;

/// <summary>All cycles of a market, in flat arrays, with the cycles through each directed edge. Made once; read by every thread.</summary>
/// <remarks>An edge is <see cref="CycleLeg.Edge"/>. Cycles are numbered from 0 without gaps: shorter ones first, see <see cref="CycleDiscovery"/>.</remarks>
public sealed class CycleIndex
{
    private readonly int[] _edges;
    private readonly int[] _firstOfLength = new int[7];
    private readonly int[] _offsetOfLength = new int[7];
    private readonly int[] _through;
    private readonly int[] _throughStart;
    private readonly Asset[] _from;
    private readonly Cycle?[] _cycles;

    private CycleIndex(IReadOnlyList<CycleMarket> markets, int[] edges, int[] countByLength)
    {
        _edges = edges;
        for (var length = 3; length <= 5; length++)
        {
            _firstOfLength[length + 1] = _firstOfLength[length] + countByLength[length];
            _offsetOfLength[length + 1] = _offsetOfLength[length] + (countByLength[length] * length);
        }

        _cycles = new Cycle[_firstOfLength[6]];
        InstrumentCount = markets.Count == 0 ? 0 : markets.Max(market => market.Number) + 1;
        _from = new Asset[EdgeCount];
        foreach (var market in markets)
        {
            _from[new CycleLeg(market.Number, Side.Buy).Edge] = market.Quote;
            _from[new CycleLeg(market.Number, Side.Sell).Edge] = market.Base;
        }

        (_through, _throughStart) = ByEdge();
    }

    public int Count => _cycles.Length;

    /// <summary>One more than the highest instrument number.</summary>
    public int InstrumentCount { get; }

    public int EdgeCount => InstrumentCount * 2;

    /// <summary>The cycle of a number from 0 to <see cref="Count"/> - 1. Made when first asked for, then kept.</summary>
    public Cycle this[int id] => _cycles[id] ??= Make(id);

    /// <exception cref="ArgumentException">Two markets share a number, a market is malformed, or there are too many cycles.</exception>
    public static CycleIndex Of(IReadOnlyList<CycleMarket> markets, CycleOptions options)
    {
        if (markets.DistinctBy(market => market.Number).Count() != markets.Count)
        {
            throw new ArgumentException("Two markets share a number.", nameof(markets));
        }

        var (edges, countByLength) = CycleDiscovery.Find(markets, options);
        return new CycleIndex(markets, edges, countByLength);
    }

    /// <summary>Spot instruments become markets numbered as they stand in the list; other kinds are no exchange of two assets and are left out.</summary>
    public static CycleIndex Of(IReadOnlyList<Instrument> instruments, CycleOptions options) =>
        Of([.. instruments.Index().Where(i => i.Item.Id.Kind == InstrumentKind.Spot).Select(i => new CycleMarket(i.Index, i.Item.Base, i.Item.Quote, i.Item.Id.Venue))], options);

    public int CountOfLength(int legs) => legs is < 3 or > 5 ? 0 : _firstOfLength[legs + 1] - _firstOfLength[legs];

    public int LengthOf(int cycle) => cycle < _firstOfLength[4] ? 3 : cycle < _firstOfLength[5] ? 4 : 5;

    /// <summary>The edges of a cycle in trade order.</summary>
    public ReadOnlySpan<int> EdgesOf(int cycle)
    {
        var length = LengthOf(cycle);
        return _edges.AsSpan(_offsetOfLength[length] + ((cycle - _firstOfLength[length]) * length), length);
    }

    /// <summary>The cycles through an edge, ascending. Empty for an instrument that is in none.</summary>
    public ReadOnlySpan<int> Through(int edge) => _through.AsSpan(_throughStart[edge].._throughStart[edge + 1]);

    /// <summary>The asset that trading along an edge spends.</summary>
    internal Asset FromOf(int edge) => _from[edge];

    /// <summary>The asset that trading along an edge receives: what its reverse spends.</summary>
    internal Asset ToOf(int edge) => _from[edge ^ 1];

    internal bool IsUsed(int edge) => _throughStart[edge + 1] > _throughStart[edge];

    private Cycle Make(int id)
    {
        var edges = EdgesOf(id);
        var assets = ImmutableArray.CreateBuilder<Asset>(edges.Length);
        var legs = ImmutableArray.CreateBuilder<CycleLeg>(edges.Length);
        foreach (var edge in edges)
        {
            assets.Add(_from[edge]);
            legs.Add(CycleLeg.OfEdge(edge));
        }

        return new Cycle(id, assets.MoveToImmutable(), legs.MoveToImmutable());
    }

    private (int[] Through, int[] Start) ByEdge()
    {
        var start = new int[EdgeCount + 1];
        foreach (var edge in _edges)
        {
            start[edge + 1]++;
        }

        for (var edge = 0; edge < EdgeCount; edge++)
        {
            start[edge + 1] += start[edge];
        }

        var through = new int[_edges.Length];
        var next = start.AsSpan(0, EdgeCount).ToArray();
        for (var cycle = 0; cycle < Count; cycle++)
        {
            foreach (var edge in EdgesOf(cycle))
            {
                through[next[edge]++] = cycle;
            }
        }

        return (through, start);
    }
}
