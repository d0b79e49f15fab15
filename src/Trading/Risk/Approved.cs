namespace Parallax.Trading.Risk;

/// <summary>Something that passed every limit. Only <see cref="RiskChain"/> makes one, and only this can be executed.</summary>
public readonly struct Approved<T>
{
    private readonly bool _isGranted;
    private readonly T _value;

    internal Approved(T value)
    {
        _value = value;
        _isGranted = true;
    }

    /// <exception cref="InvalidOperationException">This is a default value: nobody approved anything.</exception>
    public T Value => _isGranted ? _value : throw new InvalidOperationException("Not approved: this value did not come from the risk chain.");

    /// <summary>The same thing written out in full: what was approved in brief stays approved.</summary>
    /// <param name="write">Adds no decision of its own.</param>
    internal Approved<TFull> As<TFull, TContext>(TContext context, Func<TContext, T, TFull> write) => new(write(context, Value));
}
