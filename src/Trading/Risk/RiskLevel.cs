namespace Parallax.Trading.Risk;

/// <summary>How freely plans may be opened, lightest first. The numbers stand in the journal. Source: strategies/risk.md section 2.</summary>
public enum RiskLevel : byte
{
    Active = 0,

    /// <summary>Plans of half the size.</summary>
    Cautious = 1,

    /// <summary>Only what reduces a position.</summary>
    Restricted = 2,

    /// <summary>Nothing, until an operator says otherwise; after a daily loss also until the day changes.</summary>
    Halted = 3,

    /// <summary>The kill switch.</summary>
    Emergency = 4,
}

public static class RiskLevels
{
    /// <summary>The stable word: <c>cautious</c>.</summary>
    public static string Word(this RiskLevel level) => level switch
    {
        RiskLevel.Active => "active",
        RiskLevel.Cautious => "cautious",
        RiskLevel.Restricted => "restricted",
        RiskLevel.Halted => "halted",
        RiskLevel.Emergency => "emergency",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "No such level."),
    };
}
