using Parallax.Trading.Execution;

namespace Parallax.Trading.Engine.Live;

/// <summary>The kill switch as those who send orders read it: up at once, from any thread, and looked at right before an order's bytes leave.</summary>
/// <remarks>
/// The engine takes a kill as a record, between two others; an order that it had decided on before that is on its way to the socket meanwhile
/// (strategies/risk.md section 4: one atomic flag read before every send). A kill that is on its way to the engine keeps the flag up, so a
/// resume that the engine takes before it does not lower it. Any thread, but for what says otherwise. Allocates nothing.
/// </remarks>
/// <param name="policy">What a kill stops: everything, or only the first order of a plan, until the engine has taken it.</param>
public sealed class KillFlag(KillPolicy policy)
{
    private int _coming;
    private volatile bool _isHeld;

    /// <summary>Trading is killed, or will be as soon as the engine takes its next record.</summary>
    public bool IsUp => Volatile.Read(ref _coming) > 0 || _isHeld;

    /// <summary>Somebody kills, and hands the engine the record of it next.</summary>
    public void Raise() => Interlocked.Increment(ref _coming);

    /// <summary>Whether this order must not leave.</summary>
    /// <remarks>
    /// With <see cref="KillPolicy.Finish"/> plans that run are finished: once the engine knows, it opens no other, so only the order that would open
    /// one while the kill is on its way is stopped.
    /// </remarks>
    public bool Stops(in OrderRequest request) =>
        policy == KillPolicy.Hold ? IsUp : Volatile.Read(ref _coming) > 0 && request.Id.Attempt == 1;

    /// <summary>The engine is killed, whoever did it. Engine thread.</summary>
    internal void Hold() => _isHeld = true;

    /// <summary>The engine has taken a kill that was raised. Engine thread.</summary>
    public void Take()
    {
        Hold();
        Interlocked.Decrement(ref _coming);
    }

    /// <summary>The engine has taken a resume: up from now on only for kills that came after. Engine thread.</summary>
    public void Lower() => _isHeld = false;
}
