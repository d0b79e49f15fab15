using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parallax.Dashboard.Access;
using Parallax.Dashboard.Live;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Metrics;

/// <summary><c>/metrics</c>: the session for Prometheus. Names and units: docs/concepts/metrics.md.</summary>
internal static class MetricsPage
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (DeskFeed feed) => TypedResults.Text(Write(feed.Look(), feed.Clients, feed.Dropped), PrometheusText.ContentType))
            .RequireAuthorization(AccessPolicies.Read).ExcludeFromDescription();

    internal static string Write(DeskView view, int clients, long dropped)
    {
        var text = new PrometheusText();
        var now = view.Session;
        text.Family("parallax_info", "gauge", "Always 1; what runs is in the labels.")
            .Sample("parallax_info", 1, ("mode", now.Mode), ("version", view.Version));
        text.Family("parallax_session", "gauge", "Number of the session in its journal.").Sample("parallax_session", now.Session);
        text.Family("parallax_session_start_time_seconds", "gauge", "When the session started, Unix time.").Sample("parallax_session_start_time_seconds", Seconds(now.StartedTime));
        text.Family("parallax_snapshot_age_seconds", "gauge", "Age of the engine's newest picture of itself.").Sample("parallax_snapshot_age_seconds", Seconds(view.SessionAge));
        text.Family("parallax_trading_state", "gauge", "1 for the state the session is in, 0 for the others.");
        foreach (var state in Enum.GetValues<TradingState>())
        {
            text.Sample("parallax_trading_state", state == now.State ? 1 : 0, ("state", state.ToString().ToLowerInvariant()));
        }

        text.Family("parallax_records_total", "counter", "Input records the engine has handled.").Sample("parallax_records_total", now.Records);
        text.Family("parallax_overflows_total", "counter", "Records that did not fit between feed and engine; each made its book start afresh.").Sample("parallax_overflows_total", now.Overflows);
        text.Family("parallax_cycles", "gauge", "Directed cycles that are watched.").Sample("parallax_cycles", now.Cycles);
        text.Family("parallax_opportunities_total", "counter", "Opportunities opened.").Sample("parallax_opportunities_total", now.Opportunities);
        text.Family("parallax_refusals_total", "counter", "Opportunities refused, by reason.");
        foreach (var (reason, count) in now.Refused.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            text.Sample("parallax_refusals_total", count, ("reason", reason));
        }

        text.Family("parallax_fills_total", "counter", "Fills booked.").Sample("parallax_fills_total", now.Fills);
        text.Family("parallax_open_plans", "gauge", "Plans that run.").Sample("parallax_open_plans", now.OpenPlans.Count);
        WriteVenues(text, now);
        WriteBooks(text, now);
        WriteBalances(text, now);
        WriteLatencies(text, now);
        WriteStore(text, view);
        WriteAlerts(text, view);
        text.Family("parallax_dashboard_clients", "gauge", "Pages that are open.").Sample("parallax_dashboard_clients", clients);
        text.Family("parallax_dashboard_dropped_clients_total", "counter", "Pages that did not keep up and were cut off.").Sample("parallax_dashboard_dropped_clients_total", dropped);
        return text.ToString();
    }

    private static void WriteVenues(PrometheusText text, SessionSnapshot now)
    {
        Family("parallax_venue_up", "gauge", "1 when the venue says it is online.", venue => venue.State == "online" ? 1 : 0);
        Family("parallax_venue_messages_total", "counter", "Frames received.", venue => venue.Messages);
        Family("parallax_venue_reconnects_total", "counter", "Connections that had to be made again.", venue => venue.Reconnects);
        Family("parallax_venue_checksum_failures_total", "counter", "Books that did not match the venue's checksum.", venue => venue.ChecksumFailures);
        Family("parallax_venue_resynchronisations_total", "counter", "Books that were subscribed afresh.", venue => venue.Resynchronisations);
        Family("parallax_venue_last_frame_age_seconds", "gauge", "Time since the venue was last heard.", venue => venue.LastFrameTime is { } last ? Seconds(now.Time - last) : null);
        Family("parallax_venue_clock_offset_seconds", "gauge", "Venue clock minus ours.", venue => venue.ClockOffset is { } offset ? Seconds(offset) : null);
        Family("parallax_venue_round_trip_seconds", "gauge", "Of the last ping.", venue => venue.RoundTrip is { } trip ? Seconds(trip) : null);

        void Family(string name, string type, string help, Func<VenueHealth, decimal?> value)
        {
            text.Family(name, type, help);
            foreach (var venue in now.Venues)
            {
                // What is unknown has no sample: a zero would be read as a value.
                if (value(venue) is { } known)
                {
                    text.Sample(name, known, ("venue", venue.Venue.Name));
                }
            }
        }
    }

    private static void WriteBooks(PrometheusText text, SessionSnapshot now)
    {
        text.Family("parallax_books", "gauge", "Books by state; only live ones are traded on.");
        foreach (var state in Enum.GetValues<BookState>())
        {
            text.Sample("parallax_books", now.Books.Count(book => book.State == state), ("state", state.ToString().ToLowerInvariant()));
        }

        text.Family("parallax_oldest_book_age_seconds", "gauge", "Age of the live book that has gone longest without an update.");
        if (now.Books.Where(book => book is { State: BookState.Live, UpdatedTime: not null }).Select(book => now.Time - book.UpdatedTime!.Value).DefaultIfEmpty(-1).Max() is var oldest and >= 0)
        {
            text.Sample("parallax_oldest_book_age_seconds", Seconds(oldest));
        }
    }

    private static void WriteBalances(PrometheusText text, SessionSnapshot now)
    {
        text.Family("parallax_balance", "gauge", "What is owned, in units of the asset.");
        foreach (var balance in now.Balances)
        {
            text.Sample("parallax_balance", balance.Total, ("asset", balance.Asset.Code), ("venue", balance.Venue.Name));
        }

        text.Family("parallax_balance_held", "gauge", "Part of the balance that open plans have reserved, in units of the asset.");
        foreach (var balance in now.Balances)
        {
            text.Sample("parallax_balance_held", balance.Held, ("asset", balance.Asset.Code), ("venue", balance.Venue.Name));
        }

        text.Family("parallax_worth", "gauge", "Sum of what has a price, in the reporting asset.")
            .Sample("parallax_worth", now.Balances.Sum(balance => balance.Worth ?? 0m), ("asset", now.ReportingAsset.Code));
    }

    private static void WriteLatencies(PrometheusText text, SessionSnapshot now)
    {
        const string Name = "parallax_latency_seconds";
        text.Family(Name, "histogram", "How long one stage takes, from the frame that caused it.");
        foreach (var stage in now.Latencies)
        {
            var sum = 0L;
            for (var i = 0; i < stage.UpperBounds.Count; i++)
            {
                sum += stage.Counts[i];
                text.Sample(Name + "_bucket", sum, ("stage", stage.Stage), ("le", Decimals.Plain(Seconds(stage.UpperBounds[i]))));
            }

            text.Sample(Name + "_bucket", stage.Count, ("stage", stage.Stage), ("le", "+Inf"));
            text.Sample(Name + "_sum", Seconds(stage.Sum), ("stage", stage.Stage));
            text.Sample(Name + "_count", stage.Count, ("stage", stage.Stage));
        }
    }

    private static void WriteStore(PrometheusText text, DeskView view)
    {
        text.Family("parallax_journal_sequence", "gauge", "Sequence of the journal's last record.").Sample("parallax_journal_sequence", view.Session.JournalSequence);
        text.Family("parallax_store_up", "gauge", "1 when the store answered the last time it was asked.").Sample("parallax_store_up", view is { Store: not null, StoreTrouble: null } ? 1 : 0);
        if (view.Store is not { } store)
        {
            return;
        }

        text.Family("parallax_store_lag_records", "gauge", "Journal records that the store does not hold yet.").Sample("parallax_store_lag_records", view.StoreLag ?? 0);
        text.Family("parallax_realised_profit", "gauge", "Realised by plans closed since 00:00 UTC, in the reporting asset.")
            .Sample("parallax_realised_profit", store.Today.Realised, ("asset", view.Session.ReportingAsset.Code));
        text.Family("parallax_closed_plans", "gauge", "Plans closed since 00:00 UTC, by outcome.");
        foreach (var (outcome, count) in store.Today.Outcomes.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            text.Sample("parallax_closed_plans", count, ("outcome", outcome));
        }
    }

    private static void WriteAlerts(PrometheusText text, DeskView view)
    {
        text.Family("parallax_alert_channel_up", "gauge", "1 when the last message of a channel was delivered, or none had to be.");
        foreach (var channel in view.Alerts)
        {
            text.Sample("parallax_alert_channel_up", channel.IsWorking ? 1 : 0, ("channel", channel.Name));
        }

        text.Family("parallax_alerts_sent_total", "counter", "Alerts delivered since the session began, by channel.");
        foreach (var channel in view.Alerts)
        {
            text.Sample("parallax_alerts_sent_total", channel.Sent, ("channel", channel.Name));
        }

        text.Family("parallax_alerts_expired_total", "counter", "Alerts that grew too old before a channel could deliver them.");
        foreach (var channel in view.Alerts)
        {
            text.Sample("parallax_alerts_expired_total", channel.Expired, ("channel", channel.Name));
        }
    }

    private static decimal Seconds(long nanos) => nanos / 1_000_000_000m;
}
