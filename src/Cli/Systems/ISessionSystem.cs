using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Systems;

/// <summary>A wired session, as its verb runs it to its end.</summary>
public interface ISessionSystem : IAsyncDisposable
{
    IOperatedSession Session { get; }

    /// <summary>Done when the session, or what it cannot go on without, has ended.</summary>
    Task Completion { get; }

    /// <summary>Ends the session in order. A second call answers what the first did.</summary>
    Task<SessionReport> StopAsync();
}
