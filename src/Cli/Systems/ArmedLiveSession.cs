using Parallax.Cli.Live.Checks;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Arming;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Systems;

/// <summary>The way to arm a live session: the words typed, then every check, then the engine.</summary>
internal sealed class ArmedLiveSession(LiveSession session, IReadOnlyList<IArmingCheck> checks) : IArmedSession
{
    public async Task<IReadOnlyList<ArmingCheck>> CheckAsync(CancellationToken cancellation)
    {
        var found = new List<ArmingCheck>();
        foreach (var check in checks)
        {
            found.Add(await check.LookAsync(cancellation));
        }

        return found;
    }

    public async Task<OperatorAnswer> ArmAsync(ArmingRequest request, string who, CancellationToken cancellation)
    {
        if (request.For < ArmingPhrase.ForMin || request.For > ArmingPhrase.ForMax)
        {
            return new OperatorAnswer(false, $"A session is armed for {ArmingPhrase.ForMin.TotalMinutes:0} minute to {ArmingPhrase.ForMax.TotalHours:0} hours; asked for {request.For}.");
        }

        if (request.LossMax <= 0m)
        {
            return new OperatorAnswer(false, $"What may be lost is above zero; found {Decimals.Plain(request.LossMax)}.");
        }

        var words = ArmingPhrase.For(KrakenInstruments.Venue, request.LossMax, session.Settings.ReportingAsset);
        if (request.Confirmation.Trim() != words)
        {
            return new OperatorAnswer(false, $"It was not confirmed: the words are '{words}'.");
        }

        var failed = (await CheckAsync(cancellation)).Where(check => !check.IsPassed).ToList();
        if (failed.Count > 0)
        {
            return new OperatorAnswer(false, string.Join(" ", failed.Select(check => $"{check.Name}: {check.Sentence}")));
        }

        var until = session.Clock.NowNanos + (request.For.Ticks * 100);
        return await session.ArmAsync(new ArmCommand(until, request.LossMax, request.Reason, who), cancellation);
    }

    public Task<OperatorAnswer> DisarmAsync(string reason, string who, CancellationToken cancellation) => session.DisarmAsync(reason, who, cancellation);
}
