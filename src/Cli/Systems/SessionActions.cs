using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Engine;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Systems;

/// <summary>What an operator decides about residuals, balances and breakers: looked at first, told to the engine as a record, looked at again.</summary>
/// <remarks>Between the looks the engine goes on; what it is told of something that is gone changes nothing there.</remarks>
internal sealed class SessionActions(LiveSession session)
{
    public async Task<OperatorAnswer> DoAsync(OperatorAction action, OperatorCommand command, CancellationToken cancellation)
    {
        try
        {
            return await (action switch
            {
                OperatorAction.WorkOffResidual work => WorkOffAsync(work, command, cancellation),
                OperatorAction.WriteOffResidual write => WriteOffAsync(write, command, cancellation),
                OperatorAction.AcceptBalance accept => AcceptAsync(accept, command, cancellation),
                OperatorAction.SwitchBreaker change => SwitchAsync(change, command, cancellation),
                _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No such action."),
            });
        }
        catch (InvalidOperationException over)
        {
            return new OperatorAnswer(false, over.Message);
        }
    }

    private async Task<OperatorAnswer> WorkOffAsync(OperatorAction.WorkOffResidual work, OperatorCommand command, CancellationToken cancellation)
    {
        var (found, wrong) = await FindAsync(work.Number, work.Confirmation, OperatorPhrase.WorkOff);
        if (found is null)
        {
            return wrong!;
        }

        if (await session.AskAsync(WhyNothingIsSent) is { } why)
        {
            return new OperatorAnswer(false, why);
        }

        var told = await TellAsync(ResidualCommand.RecordKind, new ResidualCommand(work.Number, ResidualWish.WorkOff, command).Write, cancellation);
        return !told.IsDone ? told
            : await session.AskAsync(engine => engine.Executor.Residuals.TryFind(work.Number, out _))
                ? new OperatorAnswer(false, $"{Named(found)} stays listed: no live book takes {Amount(found)} for {found.StartAsset} just now, or an open plan trades that market.")
            : new OperatorAnswer(true, $"{Named(found)} is on its way home: a plan sells {Amount(found)} for {found.StartAsset}. What it brings stands among the plans.");
    }

    private async Task<OperatorAnswer> WriteOffAsync(OperatorAction.WriteOffResidual write, OperatorCommand command, CancellationToken cancellation)
    {
        var (found, wrong) = await FindAsync(write.Number, write.Confirmation, OperatorPhrase.WriteOff);
        return found is null ? wrong!
            : Done(
                await TellAsync(ResidualCommand.RecordKind, new ResidualCommand(write.Number, ResidualWish.WriteOff, command).Write, cancellation),
                $"{Named(found)} is inventory from now on: {Amount(found)} stays where it is and is listed no more.");
    }

    private async Task<OperatorAnswer> AcceptAsync(OperatorAction.AcceptBalance accept, OperatorCommand command, CancellationToken cancellation)
    {
        var drifts = await session.AskAsync(engine => engine.Reconciler.Drifts.ToArray());
        var meant = drifts.Where(drift => drift.Holding.Asset == accept.Asset && (accept.Venue is not { } venue || drift.Holding.Venue == venue)).ToArray();
        if (meant is not [var drift])
        {
            return meant.Length > 1
                ? new OperatorAnswer(false, $"{accept.Asset} differs at {string.Join(" and ", meant.Select(one => one.Holding.Venue))}: name the venue.")
                : new OperatorAnswer(
                    false,
                    $"No balance of {accept.Asset}{(accept.Venue is { } named ? $" at {named}" : "")} differs{(drifts.Length == 0 ? ", nor any other" : $"; those that do: {string.Join(", ", drifts.Select(one => one.Holding))}")}.",
                    IsUnknown: true);
        }

        var words = OperatorPhrase.Accept(drift.Theirs, accept.Asset);
        return !OperatorPhrase.IsTyped(words, accept.Confirmation) ? NotConfirmed(words)
            : Done(
                await TellAsync(BalanceAcceptance.RecordKind, new BalanceAcceptance(drift.Holding, command).Write, cancellation),
                $"The word of {drift.Holding.Venue} is taken: {Decimals.Plain(drift.Theirs)} {accept.Asset} instead of {Decimals.Plain(drift.Ours)}; the difference is booked.");
    }

    private async Task<OperatorAnswer> SwitchAsync(OperatorAction.SwitchBreaker change, OperatorCommand command, CancellationToken cancellation)
    {
        var names = await session.AskAsync(engine => engine.Risk.Breakers.All.Select(one => one.Scope.Text).ToArray());
        if (!names.Contains(change.Name))
        {
            return new OperatorAnswer(
                false, names.Length == 0 ? "There are no breakers before the first book has come." : $"There is no breaker '{change.Name}'; there are {string.Join(", ", names)}.", IsUnknown: true);
        }

        var told = await TellAsync(RiskInput.Breaker, new BreakerCommand(change.Name, change.IsTrip, command.Reason, command.Who).Write, cancellation);
        var pause = session.Current.Breakers.FirstOrDefault(breaker => breaker.Name == change.Name)?.PauseNanos ?? 0;
        return Done(told, change.IsTrip
            ? $"Breaker {change.Name} is open: no plan is opened on its way for {Operating.Words.Span(pause)}, then one probe at a time."
            : $"Breaker {change.Name} is closed: plans are opened on its way again.");
    }

    /// <summary>Why an order that an operator asks for would not be sent; null when it would.</summary>
    private static string? WhyNothingIsSent(Engine engine) =>
        engine.Executor.HaltReason is { } halt ? $"Trading is halted ({halt}): nothing is sent."
        : engine.IsKilled ? "Trading is stopped: resume it first, then what is left can be worked off."
        : engine.Arming is { IsRequired: true, IsArmed: false } ? "Orders of this session are real and it is not armed: nothing is sent."
        : engine.IsDraining ? "The session is ending: nothing new is sent."
        : !engine.Reconciler.IsReconciled ? "The venue's account has not been compared with the ledger yet: nothing is sent before."
        : null;

    private async Task<(Opening.Residual? Found, OperatorAnswer? Wrong)> FindAsync(int number, string typed, Func<decimal, Asset, string> phrase)
    {
        var listed = await session.AskAsync(engine => engine.Executor.Residuals.Open.ToArray());
        if (Array.Find(listed, residual => residual.Number == number) is not { } found)
        {
            return (null, new OperatorAnswer(
                false, listed.Length == 0 ? $"No residual has number {number}: none is listed." : $"No residual has number {number}; listed are {string.Join(", ", listed.Select(one => one.Number))}.", IsUnknown: true));
        }

        var words = phrase(found.Amount, found.Holding.Asset);
        return OperatorPhrase.IsTyped(words, typed) ? (found, null) : (null, NotConfirmed(words));
    }

    private async Task<OperatorAnswer> TellAsync(byte kind, PayloadOf write, CancellationToken cancellation) =>
        await session.TellAsync(kind, write(new PayloadWriter()).ToArray(), "", cancellation);

    private static OperatorAnswer Done(OperatorAnswer told, string sentence) => told.IsDone ? told with { Sentence = sentence } : told;

    private static OperatorAnswer NotConfirmed(string words) => new(false, $"It was not confirmed: the words are '{words}'.");

    private static string Named(Opening.Residual residual) => $"Residual {residual.Number}";

    private static string Amount(Opening.Residual residual) => $"{Decimals.Plain(residual.Amount)} {residual.Holding.Asset}";

    private delegate ReadOnlySpan<byte> PayloadOf(PayloadWriter writer);
}
