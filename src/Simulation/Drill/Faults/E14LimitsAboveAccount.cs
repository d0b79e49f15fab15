using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The limits allow far more than the account holds: what there is decides.</summary>
public sealed class E14LimitsAboveAccount : Fault
{
    public override string Scenario => "E14";

    public override DrillTerms Shape(DrillTerms terms) => terms with
    {
        Limits = terms.Limits with
        {
            NotionalMax = 1_000_000_000m,
            AssetExposureMax = 1_000_000_000m,
            MarketExposureMax = 1_000_000_000m,
            VenueExposureMax = 1_000_000_000m,
            TotalExposureMax = 1_000_000_000m,
        },
        Capital = 1_200m,
    };
}
