namespace Parallax.Strategies.Sizing;

/// <summary>Why a size is not larger.</summary>
public enum SizingStop : byte
{
    /// <summary>The next unit would return no more than required.</summary>
    Marginal = 0,

    /// <summary>A leg has no visible quantity left.</summary>
    Depth = 1,

    /// <summary>The input limit, or the limit of a leg, is reached.</summary>
    MaxInput = 2,

    /// <summary>A leg has no level at all.</summary>
    EmptyBook = 3,
}
