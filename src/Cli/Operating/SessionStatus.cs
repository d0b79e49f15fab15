using System.Text.Json;
using System.Text.Json.Serialization;
using Parallax.Domain;

namespace Parallax.Cli.Operating;

/// <summary>What <c>/api/v1/status</c> says of a running session, as far as the screen shows it. Times are UTC, durations nanoseconds.</summary>
/// <remarks>A reading of our own, not the server's types: the session that answers may be of another version. What is missing is null or empty.</remarks>
public sealed record SessionStatus
{
    public string Mode { get; init; } = "";

    public int Session { get; init; }

    /// <summary><c>starting</c>, <c>running</c>, <c>halted</c>, <c>killed</c>, <c>draining</c>.</summary>
    public string State { get; init; } = "";

    public string? StateReason { get; init; }

    public UtcNanos Time { get; init; }

    public UtcNanos Started { get; init; }

    public string? Version { get; init; }

    public string ReportingAsset { get; init; } = "";

    public IReadOnlyList<Venue> Venues { get; init; } = [];

    public int Instruments { get; init; }

    public int BooksLive { get; init; }

    public int Cycles { get; init; }

    public long Records { get; init; }

    public long Opportunities { get; init; }

    public IReadOnlyDictionary<string, long> Refused { get; init; } = new Dictionary<string, long>();

    public long Fills { get; init; }

    public IReadOnlyList<OpenPlan> OpenPlans { get; init; } = [];

    public long Overflows { get; init; }

    public JournalState? Journal { get; init; }

    public StoreState? Store { get; init; }

    public IReadOnlyList<Latency> Latencies { get; init; } = [];

    public Figures? Today { get; init; }

    public Figures? ThisSession { get; init; }

    /// <summary><c>active</c>, <c>cautious</c>, <c>restricted</c>, <c>halted</c>, <c>emergency</c>; empty where the session does not say.</summary>
    public string RiskLevel { get; init; } = "";

    /// <summary>Most important first.</summary>
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>How many things plans left behind are listed.</summary>
    public int Residuals { get; init; }

    public IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <exception cref="JsonException">That is no status.</exception>
    public static SessionStatus Parse(string json)
    {
        var status = JsonSerializer.Deserialize<SessionStatus>(json, SessionJson.Options);
        return status is { Mode.Length: > 0, State.Length: > 0 } ? status : throw new JsonException("mode and state are missing.");
    }

    /// <summary>A balance on which a venue and the ledger disagree.</summary>
    public sealed record Difference
    {
        public string Asset { get; init; } = "";

        public string Venue { get; init; } = "";

        public decimal Ledger { get; init; }

        public decimal AtVenue { get; init; }
    }

    /// <inheritdoc cref="Reporting.Sessions.VenueHealth"/>
    public sealed record Venue
    {
        [JsonPropertyName("venue")]
        public string Name { get; init; } = "";

        public string State { get; init; } = "";

        public UtcNanos? LastFrame { get; init; }

        public long? ClockOffsetNanoseconds { get; init; }

        public long? RoundTripNanoseconds { get; init; }

        public long Messages { get; init; }

        public long Reconnects { get; init; }

        public long ChecksumFailures { get; init; }
    }

    public sealed record OpenPlan(string Id, string Cycle, string StartAsset, decimal Input, decimal ExpectedProfit, UtcNanos Opened, int LegsDone, int Legs);

    public sealed record Limit(string Name, string Owner, decimal Value, decimal Threshold, string Unit, decimal Used, string State);

    public sealed record JournalState(string Path, long Sequence);

    public sealed record StoreState(long? Behind, string? Trouble);

    public sealed record Latency(string Stage, long Count, long? P50Nanoseconds, long? P99Nanoseconds);

    public sealed record Figures(decimal Realised, decimal? WinRate, decimal? ProfitFactor, decimal? CompletedShare, long? MeanDurationNanoseconds, int Plans, int Open);
}
