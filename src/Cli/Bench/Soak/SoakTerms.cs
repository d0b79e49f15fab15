namespace Parallax.Cli.Bench.Soak;

/// <summary>How long a soak lasts, how hard it is and what goes wrong on purpose.</summary>
public sealed record SoakTerms
{
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Frames of market data a second that the server is to send. Default 20 000.</summary>
    public int Rate { get; init; } = 20_000;

    public int Instruments { get; init; } = 30;

    /// <summary>From one fault to the next. Default 5 s, so that a connection is cut every 20 to 30 s.</summary>
    public TimeSpan FaultInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a fault may take until every book stands again.</summary>
    public TimeSpan RecoveryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Of the market and of what chance decides in feed and simulated venue.</summary>
    public ulong Seed { get; init; } = 55_708;
}
