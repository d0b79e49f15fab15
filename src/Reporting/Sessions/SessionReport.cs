using System.Text.Json.Nodes;
using Parallax.Domain;
using Parallax.Reporting.Backtests;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Reporting.Sessions;

/// <summary>What a session came to, told after its end. Amounts are exact; JSON holds them as decimal strings, under the names of a backtest's report.</summary>
public sealed record SessionReport
{
    /// <summary>The last picture that was taken.</summary>
    public required SessionSnapshot Last { get; init; }

    public required TimeSpan Uptime { get; init; }

    public required IReadOnlyDictionary<PlanOutcome, int> Plans { get; init; }

    public required long BooksInvalidated { get; init; }

    /// <summary>As <see cref="AccountSummary"/>.</summary>
    public required AccountSummary Accounts { get; init; }

    /// <summary>Null when no venue holds the session's money, and when the venue did not say what it holds.</summary>
    public BalanceComparison? VenueBalances { get; init; }

    /// <summary>Of the whole journal; null after a fault.</summary>
    public required string? JournalHash { get; init; }

    /// <summary>Of this session's records alone: what <c>backtest</c> comes to on the session's tape. Null after a fault.</summary>
    public required string? SessionHash { get; init; }

    /// <summary>Null when the session was not recorded.</summary>
    public required string? Tape { get; init; }

    /// <summary>What ended the session before its time; null when it ended in order.</summary>
    public required string? Fault { get; init; }

    public static IReadOnlyDictionary<PlanOutcome, int> PlansOf(Engine engine) =>
        Enum.GetValues<PlanOutcome>().ToDictionary(outcome => outcome, engine.Executor.Totals.Count);

    public JsonObject ToJson() => new()
    {
        ["mode"] = Last.Mode,
        ["session"] = Last.Session,
        ["uptime_seconds"] = Math.Round(Uptime.TotalSeconds, 3),
        ["records"] = Last.Records,
        ["messages"] = Last.Venues.Sum(venue => venue.Messages),
        ["reconnects"] = Last.Venues.Sum(venue => venue.Reconnects),
        ["checksum_failures"] = Last.Venues.Sum(venue => venue.ChecksumFailures),
        ["resynchronisations"] = Last.Venues.Sum(venue => venue.Resynchronisations),
        ["overflows"] = Last.Overflows,
        ["queue_latency_ns"] = Latency("queue"),
        ["decision_latency_ns"] = Latency("decision"),
        ["instruments"] = Last.Books.Count,
        ["cycles"] = Last.Cycles,
        ["opportunities"] = Last.Opportunities,
        ["refused"] = new JsonObject(Last.Refused.Select(reason => KeyValuePair.Create(reason.Key, (JsonNode?)reason.Value))),
        ["plans"] = new JsonObject(Plans.Select(plan => KeyValuePair.Create(plan.Key.ToString().ToLowerInvariant(), (JsonNode?)plan.Value))),
        ["fills"] = Last.Fills,
        ["books_invalidated"] = BooksInvalidated,
        ["balances"] = new JsonObject(Accounts.Balances.Select(held => KeyValuePair.Create(held.Key.Code, (JsonNode?)Decimals.Plain(held.Value)))),
        ["venue_balances"] = VenueBalances?.ToJson(),
        ["pnl"] = Decimals.Plain(Accounts.Realised),
        ["pnl_asset"] = Last.ReportingAsset.Code,
        ["inventory"] = Accounts.Inventory is { } inventory ? Decimals.Plain(inventory) : null,
        ["halted"] = Fault ?? (Last.State == TradingState.Halted ? Last.StateReason : null),
        ["journal"] = Last.Journal,
        ["journal_hash"] = JournalHash,
        ["session_hash"] = SessionHash,
        ["tape"] = Tape,
    };

    private JsonObject Latency(string stage)
    {
        var found = Last.Latencies.FirstOrDefault(latency => latency.Stage == stage);
        return new JsonObject { ["p50"] = found?.Quantile(0.5), ["p99"] = found?.Quantile(0.99) };
    }
}
