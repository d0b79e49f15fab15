namespace Parallax.Trading.Engine.Live;

/// <summary>Wakes the engine thread when it sleeps. To ring costs a producer one read of a flag that hardly ever changes.</summary>
/// <remarks>
/// Whoever rings has published its record just before, and whoever lies down looks for records once more just after saying so. For one of
/// the two to see the other, a full barrier has to stand between write and read on both sides; the sleeper, who has time, raises it for
/// all processors, so that the producers need none.
/// </remarks>
internal sealed class Doorbell : IDisposable
{
    private readonly ManualResetEventSlim _rung = new(false, spinCount: 0);
    private volatile bool _isAsleep;

    /// <summary>Any thread.</summary>
    public void Ring()
    {
        if (_isAsleep)
        {
            _rung.Set();
        }
    }

    /// <summary>Says that the engine is about to sleep. After this it has to look for records once more before <see cref="Sleep"/>.</summary>
    public void LieDown()
    {
        _rung.Reset();
        _isAsleep = true;
        Interlocked.MemoryBarrierProcessWide();
    }

    /// <summary>Waits for the bell, at most so long.</summary>
    public void Sleep(int millis) => _rung.Wait(millis);

    public void GetUp() => _isAsleep = false;

    public void Dispose() => _rung.Dispose();
}
