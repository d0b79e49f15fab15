using Parallax.Domain;

namespace Parallax.Trading.Risk.Breakers;

/// <summary>What a breaker stands for.</summary>
/// <param name="Text"><c>global</c>, <c>strategy:cycles</c>, <c>venue:kraken</c>.</param>
public readonly record struct BreakerScope(string Text)
{
    public static readonly BreakerScope Global = new("global");

    /// <summary>Makes a text: keep the scope where it is asked for often.</summary>
    public static BreakerScope Of(VenueId venue) => new($"venue:{venue.Name}");

    public static BreakerScope OfStrategy(string strategy) => new($"strategy:{strategy}");

    public override string ToString() => Text;
}

/// <summary>Every breaker of a session: one for everything, one a strategy, one a venue. An outcome counts on each of its three.</summary>
/// <param name="onChange">Told of every change of a state, with the breaker as it is now.</param>
public sealed class BreakerBoard(BreakerTerms terms, Action<BreakerScope, CircuitBreaker> onChange)
{
    private readonly OrderedDictionary<string, CircuitBreaker> _breakers = new(StringComparer.Ordinal);
    private BreakerTerms _terms = terms;

    /// <summary>In the order in which they were first asked for.</summary>
    public IEnumerable<(BreakerScope Scope, CircuitBreaker Breaker)> All => _breakers.Select(one => (new BreakerScope(one.Key), one.Value));

    /// <summary>Other terms hold for every breaker from its next event on.</summary>
    public void Change(BreakerTerms terms)
    {
        _terms = terms;
        foreach (var breaker in _breakers.Values)
        {
            breaker.Change(terms);
        }
    }

    public CircuitBreaker this[BreakerScope scope]
    {
        get
        {
            // There are a few, and whoever asks often has kept the scope, so that the text is mostly the very one that stands here.
            for (var i = 0; i < _breakers.Count; i++)
            {
                var (text, known) = _breakers.GetAt(i);
                if (ReferenceEquals(text, scope.Text))
                {
                    return known;
                }
            }

            if (!_breakers.TryGetValue(scope.Text, out var breaker))
            {
                _breakers.Add(scope.Text, breaker = new CircuitBreaker(_terms));
            }

            return breaker;
        }
    }

    public void Report(BreakerScope scope, bool isFailure, long now)
    {
        var breaker = this[scope];
        var before = Position(breaker);
        if (isFailure)
        {
            breaker.Fail(now);
        }
        else
        {
            breaker.Succeed(now);
        }

        TellIfMoved(scope, breaker, before);
    }

    /// <returns>Whether the breaker lets it through; a half-open one counts it as its probe.</returns>
    public bool Ask(BreakerScope scope, long now)
    {
        var breaker = this[scope];
        var before = Position(breaker);
        var isAllowed = breaker.Ask(now);
        TellIfMoved(scope, breaker, before);
        return isAllowed;
    }

    public void Trip(BreakerScope scope, long now, string by)
    {
        this[scope].Trip(now, by);
        onChange(scope, this[scope]);
    }

    public void Reset(BreakerScope scope)
    {
        this[scope].Reset();
        onChange(scope, this[scope]);
    }

    private static (BreakerState State, long UntilNanos) Position(CircuitBreaker breaker) => (breaker.State, breaker.UntilNanos);

    private void TellIfMoved(BreakerScope scope, CircuitBreaker breaker, (BreakerState, long) before)
    {
        if (before != Position(breaker))
        {
            onChange(scope, breaker);
        }
    }
}
