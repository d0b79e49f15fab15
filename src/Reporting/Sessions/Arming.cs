using Parallax.Domain;

namespace Parallax.Reporting.Sessions;

/// <summary>Whether a session with real orders may send them. Times are UTC nanoseconds, amounts in the reporting currency.</summary>
/// <param name="WhyDisarmed"><c>never-armed</c>, <c>operator</c>, <c>expired</c>, <c>loss</c>; null while it is armed.</param>
/// <param name="UntilTime">Of the last arming.</param>
/// <param name="LossMax">Of the last arming.</param>
/// <param name="Loss">Of plans since the last arming; negative is a profit, null while it cannot be valued.</param>
public sealed record ArmingView(bool IsArmed, string? WhyDisarmed, long UntilTime, decimal LossMax, decimal? Loss);

/// <summary>One thing that has to be true before real orders leave.</summary>
/// <param name="Name">A word or two: <c>clock</c>.</param>
/// <param name="Sentence">What was found; of one that failed also what to do.</param>
public sealed record ArmingCheck(string Name, bool IsPassed, string Sentence);

/// <summary>What an operator asks for.</summary>
/// <param name="LossMax">Positive, reporting currency.</param>
/// <param name="Confirmation">Typed by the operator: <see cref="ArmingPhrase.For"/>.</param>
/// <param name="Reason">One line, 1 to 200 characters.</param>
public sealed record ArmingRequest(TimeSpan For, decimal LossMax, string Confirmation, string Reason);

/// <summary>A session whose orders are real. Callable from any thread.</summary>
public interface IArmedSession
{
    /// <summary>Looks at everything that has to be true, now.</summary>
    Task<IReadOnlyList<ArmingCheck>> CheckAsync(CancellationToken cancellation);

    /// <summary>Arms it when the words are right and every check passes; else says why not. Returns once the journal holds it.</summary>
    Task<OperatorAnswer> ArmAsync(ArmingRequest request, string who, CancellationToken cancellation);

    /// <summary>From now on no plan is opened; open ones are finished. Returns once the journal holds it.</summary>
    Task<OperatorAnswer> DisarmAsync(string reason, string who, CancellationToken cancellation);
}

/// <summary>The words that arm: whoever types them has read the amount.</summary>
public static class ArmingPhrase
{
    public static readonly TimeSpan ForMin = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan ForMax = TimeSpan.FromHours(24);

    /// <returns><c>arm kraken to lose up to 100 USD</c>.</returns>
    public static string For(VenueId venue, decimal lossMax, Asset reporting) => $"arm {venue.Name} to lose up to {Decimals.Plain(lossMax)} {reporting.Code}";
}
