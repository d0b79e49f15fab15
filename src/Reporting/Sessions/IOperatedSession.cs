namespace Parallax.Reporting.Sessions;

/// <summary>A running session, as a page or a command line may look at it and stop it. Callable from any thread.</summary>
public interface IOperatedSession
{
    /// <summary>The newest picture of the session: a new one a few times a second.</summary>
    SessionSnapshot Current { get; }

    /// <summary>Stops the opening of plans. Returns once the engine has taken it and the journal holds it.</summary>
    /// <param name="reason">One line, 1 to 200 characters.</param>
    /// <param name="who">Who asked: <c>page</c>, <c>cli</c>, …</param>
    Task<OperatorAnswer> KillAsync(string reason, string who, CancellationToken cancellation);

    /// <summary>Lets plans be opened again. A halt by the engine's own check is not lifted by this.</summary>
    Task<OperatorAnswer> ResumeAsync(string reason, string who, CancellationToken cancellation);

    /// <summary>Accepts the losses so far: a halt or a restriction by them ends, and day, peak and streak begin anew.</summary>
    Task<OperatorAnswer> ResetRiskAsync(string reason, string who, CancellationToken cancellation);

    /// <summary>Decides about a residual, a balance or a breaker. Returns once the engine has taken it and the journal holds it.</summary>
    Task<OperatorAnswer> ActAsync(OperatorAction action, string reason, string who, CancellationToken cancellation);

    /// <summary>Keeps for the audit that a command came and was not obeyed.</summary>
    /// <param name="what">The command and why it was refused.</param>
    /// <param name="who">Where it came from.</param>
    Task<OperatorAnswer> NoteRefusedAsync(string what, string who, CancellationToken cancellation);
}

/// <param name="IsDone">Whether the session is now in the state that was asked for.</param>
/// <param name="Sentence">What came of it, for people.</param>
/// <param name="IsUnknown">What was named does not exist.</param>
public sealed record OperatorAnswer(bool IsDone, string Sentence, bool IsUnknown = false);
