using Parallax.Domain;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.SeededMarket;

/// <summary>Quotes every instrument around its fair price, and follows when the fair price comes near a quote.</summary>
internal sealed class Quoting
{
    private readonly ListedInstrument[] _instruments;
    private readonly SeededBooks _books;
    private readonly FairValues _values;
    private readonly SeededRandom _random;
    private readonly int[][] _byAsset;

    /// <summary>Within these fair prices a book's quotes may stay; set from its best prices.</summary>
    private readonly (double Low, double High)[] _safe;

    /// <summary>Where the middle of the quotes stands relative to the fair price; wanders.</summary>
    private readonly double[] _deviation;

    private readonly long[] _gapTicks;
    private readonly int[] _frozenAssets;
    private readonly bool[] _isFrozen;
    private readonly Queue<int> _stale;

    public Quoting(Listing listing, SeededBooks books, FairValues values, ulong seed)
    {
        _instruments = [.. listing.Instruments];
        _books = books;
        _values = values;
        _random = new SeededRandom(seed, stream: 0x44);
        _safe = new (double, double)[_instruments.Length];
        _deviation = new double[_instruments.Length];
        _gapTicks = new long[_instruments.Length];
        _isFrozen = new bool[_instruments.Length];
        _stale = new Queue<int>(_instruments.Length);
        _frozenAssets = new int[listing.Assets.Count];
        _byAsset = [.. Enumerable.Range(0, listing.Assets.Count).Select(Quoted)];

        int[] Quoted(int asset) =>
            [.. Enumerable.Range(0, _instruments.Length).Where(i => _instruments[i].Base == asset || _instruments[i].Quote == asset)];
    }

    /// <summary>Fills an instrument's empty book.</summary>
    public void Open(int number)
    {
        var instrument = _instruments[number];
        var mid = _values.Price(instrument.Base, instrument.Quote) / instrument.TickSize;
        _gapTicks[number] = Math.Max(1, (long)(mid * instrument.HalfSpread));
        for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
        {
            var price = Target(number, side);
            var levels = _books.Side(number, side);
            for (var i = 0; i < levels.Length; i++)
            {
                levels[i] = new Level(price, Lots(number, i));
                price += (side == BookSide.Bid ? -1 : 1) * _random.Between(Math.Max(1, _gapTicks[number] / 2), _gapTicks[number] * 3 / 2);
            }
        }

        Remember(number);
    }

    /// <summary>Moves the value of the asset that an event on this instrument is about, and notes the books that must follow.</summary>
    public void Move(int number)
    {
        var asset = _instruments[number].Base;
        if (_frozenAssets[asset] > 0)
        {
            return;
        }

        _values.Step(asset, _random);
        foreach (var quoted in _byAsset[asset])
        {
            ref readonly var instrument = ref _instruments[quoted];
            var fair = _values.Price(instrument.Base, instrument.Quote);
            if ((fair < _safe[quoted].Low || fair > _safe[quoted].High) && !_isFrozen[quoted])
            {
                _stale.Enqueue(quoted);
            }
        }
    }

    /// <summary>Requotes one of the books that must follow.</summary>
    public bool TryRequote(out int number)
    {
        if (!_stale.TryDequeue(out number))
        {
            return false;
        }

        MoveTo(number, BookSide.Bid);
        MoveTo(number, BookSide.Ask);
        Remember(number);
        return true;
    }

    /// <summary>A maker changes its mind: one side is quoted anew.</summary>
    /// <returns><see langword="false"/> when the best price is where it should be already.</returns>
    public bool Requote(int number)
    {
        var limit = _instruments[number].HalfSpread / 4;
        _deviation[number] = (_deviation[number] * 0.98) + (0.2 * limit * _random.Triangular());
        _deviation[number] = Math.Clamp(_deviation[number], -limit, limit);
        MoveTo(number, (BookSide)(_random.Next() & 1));
        Remember(number);
        return !_books.Changes.IsEmpty;
    }

    /// <summary>Changes the quantity at a price, most often at the best.</summary>
    public void Touch(int number)
    {
        var index = 0;
        while (index < _instruments[number].Depth - 1 && _random.Below(100) < 78)
        {
            index++;
        }

        Change(number, index);
        if (_random.Below(100) < 30)
        {
            Change(number, (int)_random.Below(_instruments[number].Depth));
        }
    }

    /// <summary>Changes a quantity in the far half of the book.</summary>
    public void TouchDeep(int number)
    {
        var depth = _instruments[number].Depth;
        Change(number, (int)_random.Between((depth + 1) / 2, depth - 1));
    }

    /// <summary>Stills a book and the values of its two assets, or lets them go.</summary>
    public void Freeze(int number, bool isFrozen)
    {
        _isFrozen[number] = isFrozen;
        _frozenAssets[_instruments[number].Base] += isFrozen ? 1 : -1;
        _frozenAssets[_instruments[number].Quote] += isFrozen ? 1 : -1;
    }

    private void Change(int number, int index)
    {
        var side = (BookSide)(_random.Next() & 1);
        _books.SetQuantity(number, side, index, Lots(number, index));
    }

    private void MoveTo(int number, BookSide side)
    {
        var gap = _random.Between(Math.Max(1, _gapTicks[number] / 2), _gapTicks[number] * 3 / 2);
        _books.MoveBest(number, side, Target(number, side), gap, Lots(number, 0), Lots(number, _instruments[number].Depth - 1));
    }

    private long Target(int number, BookSide side)
    {
        var instrument = _instruments[number];
        var mid = _values.Price(instrument.Base, instrument.Quote) * (1 + _deviation[number]) / instrument.TickSize;
        return side == BookSide.Bid
            ? (long)Math.Floor(mid * (1 - instrument.HalfSpread))
            : (long)Math.Ceiling(mid * (1 + instrument.HalfSpread));
    }

    /// <summary>A quantity for the level so many places from the best: more with the distance, never the same twice.</summary>
    private long Lots(int number, int index)
    {
        var instrument = _instruments[number];
        var notional = instrument.TopNotional * (1 + (0.35 * index)) * (0.3 + (1.4 * _random.Unit()));
        return Math.Max(1, (long)(notional / instrument.LotValue));
    }

    private void Remember(int number)
    {
        var instrument = _instruments[number];
        _safe[number] = (
            _books.Best(number, BookSide.Bid).PriceTicks * instrument.TickSize * (1 + instrument.UnseenMove),
            _books.Best(number, BookSide.Ask).PriceTicks * instrument.TickSize * (1 - instrument.UnseenMove));
    }
}
