using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Instance;

/// <summary>A session whose resumption, from wherever it comes, also takes the <see cref="KillFile"/> away: it would stop the next session otherwise.</summary>
public sealed class KillFileSession(IOperatedSession session, KillFile file) : IOperatedSession
{
    public SessionSnapshot Current => session.Current;

    public Task<OperatorAnswer> KillAsync(string reason, string who, CancellationToken cancellation) => session.KillAsync(reason, who, cancellation);

    public Task<OperatorAnswer> ResetRiskAsync(string reason, string who, CancellationToken cancellation) => session.ResetRiskAsync(reason, who, cancellation);

    public Task<OperatorAnswer> ActAsync(OperatorAction action, string reason, string who, CancellationToken cancellation) => session.ActAsync(action, reason, who, cancellation);

    public Task<OperatorAnswer> NoteRefusedAsync(string what, string who, CancellationToken cancellation) => session.NoteRefusedAsync(what, who, cancellation);

    public async Task<OperatorAnswer> ResumeAsync(string reason, string who, CancellationToken cancellation)
    {
        try
        {
            // Before the session goes on: the watcher would stop it again.
            file.Remove();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return new OperatorAnswer(false, $"{file.Path} cannot be removed, and stops trading while it is there: {wrong.Message}");
        }

        return await session.ResumeAsync(reason, who, cancellation);
    }
}
