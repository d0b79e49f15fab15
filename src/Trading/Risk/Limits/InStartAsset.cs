namespace Parallax.Trading.Risk.Limits;

/// <summary>The reporting currency's caps, in the asset that a plan spends.</summary>
internal static class InStartAsset
{
    /// <param name="price">Reporting currency per unit of the start asset; positive.</param>
    /// <remarks>Mostly they are the same asset. Dividing by one changes no digit, and takes a tenth of what all the limits take.</remarks>
    public static decimal Of(decimal reporting, decimal price) => price == 1m ? reporting : reporting / price;
}
