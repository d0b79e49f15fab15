using System.Text.Json.Nodes;
using Parallax.Domain;
using Parallax.Trading.Decisions;

namespace Parallax.Reporting.Backtests;

/// <summary>What a backtest came to. Amounts are exact; JSON holds them as decimal strings.</summary>
public sealed record BacktestReport
{
    public required string Tape { get; init; }

    /// <summary>The tape is a session's and was played as recorded; otherwise a market was, with a simulated venue.</summary>
    public bool IsAsRecorded { get; init; }

    /// <summary>Records of the tape that were played.</summary>
    public required long Records { get; init; }

    /// <summary>Processor time it took, not market time.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>From the first to the last record, market time.</summary>
    public required TimeSpan Span { get; init; }

    public required int Instruments { get; init; }

    public required int Cycles { get; init; }

    public required long Opportunities { get; init; }

    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    public required IReadOnlyDictionary<PlanOutcome, int> Plans { get; init; }

    public required long Fills { get; init; }

    public required long BooksInvalidated { get; init; }

    public required Asset ReportingAsset { get; init; }

    /// <summary>What is owned at the end, by asset; zero amounts of assets that were touched included.</summary>
    public required IReadOnlyDictionary<Asset, decimal> Balances { get; init; }

    /// <summary>Realised: what came back in the start assets, in the reporting asset. What was left in other assets counts nothing here.</summary>
    public required decimal Pnl { get; init; }

    /// <summary>What was left in other assets at the final best prices, reporting asset; null when one of them has no price.</summary>
    public required decimal? Inventory { get; init; }

    public required IReadOnlyList<NearMissRow> NearestMisses { get; init; }

    /// <summary>Where the journal is; null when only its hash was kept.</summary>
    public required string? Journal { get; init; }

    public required string JournalHash { get; init; }

    /// <summary>Why the engine stopped opening plans before the end; null when it did not.</summary>
    public required string? HaltReason { get; init; }

    /// <summary>What a crash had left at the end of the tape and was not played; null when it ends with a whole record.</summary>
    public required string? TornTail { get; init; }

    /// <summary>What the settings name and the tape does not have, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public double RecordsPerSecond => Elapsed.TotalSeconds > 0 ? Records / Elapsed.TotalSeconds : 0;

    public JsonObject ToJson() => new()
    {
        ["tape"] = Tape,
        ["played"] = IsAsRecorded ? "as recorded" : "simulated",
        ["records"] = Records,
        ["seconds"] = Math.Round(Elapsed.TotalSeconds, 6),
        ["records_per_second"] = Math.Round(RecordsPerSecond),
        ["span_seconds"] = Math.Round(Span.TotalSeconds, 6),
        ["instruments"] = Instruments,
        ["cycles"] = Cycles,
        ["opportunities"] = Opportunities,
        ["refused"] = new JsonObject(Refused.Select(reason => KeyValuePair.Create(reason.Key, (JsonNode?)reason.Value))),
        ["plans"] = new JsonObject(Plans.Select(plan => KeyValuePair.Create(plan.Key.ToString().ToLowerInvariant(), (JsonNode?)plan.Value))),
        ["fills"] = Fills,
        ["books_invalidated"] = BooksInvalidated,
        ["balances"] = new JsonObject(Balances.Select(held => KeyValuePair.Create(held.Key.Code, (JsonNode?)Decimals.Plain(held.Value)))),
        ["pnl"] = Decimals.Plain(Pnl),
        ["pnl_asset"] = ReportingAsset.Code,
        ["inventory"] = Inventory is { } inventory ? Decimals.Plain(inventory) : null,
        ["nearest_misses"] = new JsonArray([.. NearestMisses.Select(miss => (JsonNode)miss.ToJson())]),
        ["halted"] = HaltReason,
        ["torn_tail"] = TornTail,
        ["notes"] = new JsonArray([.. Notes.Select(note => (JsonNode)note)]),
        ["journal"] = Journal,
        ["journal_hash"] = JournalHash,
    };
}

/// <summary>A cycle that came close to paying, and what kept it from it.</summary>
/// <param name="NetBps">Its best top-of-book edge after fees, bps. Binary64: for reading.</param>
/// <param name="GrossBps">The same prices without fees.</param>
/// <param name="Time">When that was, UTC nanoseconds.</param>
public sealed record NearMissRow(string Cycle, double GrossBps, double NetBps, long Time)
{
    public string Why => GrossBps <= 0 ? "no disagreement" : NetBps <= 0 ? "fees" : "paid: see plans and refusals";

    public JsonObject ToJson() => new()
    {
        ["cycle"] = Cycle,
        ["gross_bps"] = Math.Round(GrossBps, 6),
        ["net_bps"] = Math.Round(NetBps, 6),
        ["time"] = new UtcNanos(Time).ToString(),
        ["why"] = Why,
    };
}
