namespace Parallax.Trading.Risk.Breakers;

/// <summary>Which plans are the probes of half-open breakers, until an order of theirs was answered.</summary>
/// <remarks>A plan that ends without an answer, held back before its order left, says nothing about the way: unless its probe is given back, no other is ever let through.</remarks>
public sealed class Probes(BreakerBoard breakers)
{
    private readonly List<(int Plan, BreakerScope Scope)> _out = [];

    /// <summary>A plan opens on the way of a breaker.</summary>
    public void Open(int plan, BreakerScope scope, long now)
    {
        if (breakers.Ask(scope, now) && breakers[scope].State == BreakerState.HalfOpen)
        {
            _out.Add((plan, scope));
        }
    }

    /// <summary>An order of the plan failed or succeeded: its breakers know.</summary>
    public void Answer(int plan)
    {
        for (var i = _out.Count - 1; i >= 0; i--)
        {
            if (_out[i].Plan == plan)
            {
                _out.RemoveAt(i);
            }
        }
    }

    /// <summary>The plan is over.</summary>
    public void End(int plan)
    {
        foreach (var (owner, scope) in _out)
        {
            if (owner == plan)
            {
                breakers[scope].Withdraw();
            }
        }

        Answer(plan);
    }
}
