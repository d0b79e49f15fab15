using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the gateway has done by REST: questions, surveys, fees and tokens; orders and cancels while the private feed is down.</summary>
internal sealed class AccountErrands(
    KrakenRest rest, IReadOnlyList<Instrument> instruments, OrderSession session, FeeWatch fees, IRecordSink sink, UtcClock clock, KillFlag? kill, long surveyNanosMax)
{
    private readonly Errands _errands = new();
    private readonly MarketNamesReader _markets = new(rest, instruments);
    private readonly PayloadWriter _payload = new();

    /// <summary>Of a survey that was not whole: the next one goes on with it. Only the account's lane touches it.</summary>
    private AccountHistory? _history;

    /// <inheritdoc cref="Errands.Completion"/>
    public Task Completion => _errands.Completion;

    public void Start(CancellationToken stop) => _errands.Start(stop);

    /// <inheritdoc cref="Errands.Collect"/>
    public void Collect(long now) => _errands.Collect(now);

    /// <summary>Asks what became of an order. Any thread.</summary>
    public void Query(ClientOrderId id, long time) => _errands.Run(
        Errands.Lane.Questions,
        async stop =>
        {
            var report = await new OrderInquiry(rest, _markets).AskAsync(id, time, stop);
            return now => session.OnReport(report, now);
        });

    /// <summary>Asks for the account. Any thread.</summary>
    public void Survey(long sinceTime) => _errands.Run(
        Errands.Lane.Account,
        async stop =>
        {
            var since = AccountSurvey.Since(sinceTime);
            var history = _history?.Since == since ? _history : new AccountHistory(rest, since, () => clock.NowNanos, surveyNanosMax, TellProgress);
            var answer = await new AccountSurvey(rest, _markets, instruments, history).AskAsync(stop);
            _history = answer.Trouble is null ? null : history;
            return now => Tell(answer, sinceTime, now);
        });

    /// <summary>Reads the account's fees.</summary>
    public void ReadFees() => _errands.Run(
        Errands.Lane.Account,
        async stop =>
        {
            var (names, _) = await _markets.ReadAsync(stop);
            var volume = names is null ? null : (await rest.TradeVolumeAsync(instruments.Select(one => one.Symbol), stop)).Result;
            return now =>
            {
                if (names is not null && volume is not null)
                {
                    fees.Take(volume, names, now);
                }
            };
        });

    /// <summary>Fetches another token.</summary>
    public void FetchToken(Action<SessionToken, long> take) => _errands.Run(
        Errands.Lane.Orders,
        async stop =>
        {
            var answer = await rest.WebSocketsTokenAsync(stop);
            return now =>
            {
                if (answer.Result is { } token)
                {
                    take(token, now);
                }
            };
        });

    /// <summary>Places a queued order, unless it was taken back or trading was killed meanwhile. Any thread.</summary>
    /// <param name="deadline">On the venue's clock, UTC nanoseconds.</param>
    public void Place(OrderTicket ticket, long deadline) => _errands.Run(
        Errands.Lane.Orders,
        async stop =>
        {
            if (!ticket.TryTake(kill))
            {
                return _ => { };
            }

            var request = ticket.Request;
            var answer = await rest.AddOrderAsync(request, instruments[request.Instrument], ticket.Lots, deadline, stop);
            return now =>
            {
                if (session.OnPlaced(ticket, answer, now))
                {
                    // No executions come while the feed is down.
                    Query(request.Id, now);
                }
            };
        });

    public void Cancel(ClientOrderId id) => _errands.Run(
        Errands.Lane.Orders,
        async stop =>
        {
            await rest.CancelOrderAsync(id, stop);
            // Whatever the answer: the order's end is a fact only when the venue lists it.
            return now => Query(id, now);
        });

    public void CancelAll() => _errands.Run(
        Errands.Lane.Orders,
        async stop =>
        {
            await rest.CancelAllAsync(stop);
            return _ => { };
        });

    public void TellDeadMan(int seconds) => _errands.Run(
        Errands.Lane.Orders,
        async stop =>
        {
            var answer = await rest.CancelAllOrdersAfterAsync(seconds, stop);
            return now =>
            {
                if (answer.Result is { } time)
                {
                    session.DeadMan.Confirmed(time.TriggerTime?.Value);
                }
                else
                {
                    session.DeadMan.Failed(now);
                }
            };
        });

    private void TellProgress(string what, int read, int total) =>
        _errands.Hand(now => Tell(new Statement.Progress(KrakenInstruments.Venue, what, read, total), now));

    private void Tell(SurveyAnswer answer, long sinceTime, long now)
    {
        Tell(new Statement.Begun(KrakenInstruments.Venue, sinceTime, ListsTrades: true), now);
        foreach (var report in answer.Own)
        {
            session.OnSurveyed(report, now);
        }

        foreach (var item in answer.Items)
        {
            Tell(item, now);
        }

        Tell(new Statement.Ended(KrakenInstruments.Venue, answer.Trouble is null, answer.Trouble ?? ""), clock.NowNanos);
    }

    private void Tell(Statement item, long now) => sink.Append(item.Header(now, now), item.Write(_payload));
}
