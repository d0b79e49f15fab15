namespace Parallax.Strategies.Sizing;

/// <summary>A size in binary64, as if quantities had no lots: a bound and a proposal, never a claim.</summary>
/// <param name="TopRate">Output per unit at the best prices, fees included; 0 when a book is empty.</param>
/// <param name="Input">In the start asset.</param>
/// <param name="Output">In the start asset.</param>
public readonly record struct ContinuousSize(double TopRate, double Input, double Output, SizingStop Stop, int Steps)
{
    public double Profit => Output - Input;
}
