namespace Parallax.Trading.Risk;

/// <summary>A refusal with the numbers that made it.</summary>
/// <param name="Value">What was found, in the unit of the reason.</param>
/// <param name="Threshold">The limit it was held against.</param>
public readonly record struct Refused(RefusalReason Reason, decimal Value, decimal Threshold)
{
    /// <summary><c>book-age: 501 ms against 500 ms</c>.</summary>
    public override string ToString()
    {
        var unit = Reason.Unit() is { Length: > 0 } text ? " " + text : "";
        return $"{Reason.Code()}: {Value}{unit} against {Threshold}{unit}";
    }
}
