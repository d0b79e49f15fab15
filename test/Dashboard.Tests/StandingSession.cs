using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Tests;

/// <summary>A session that stands where a run was stopped and renews its picture, until an operator says something.</summary>
internal sealed class StandingSession(SessionSnapshot picture, ShiftedTime time) : IOperatedSession
{
    private readonly Lock _door = new();
    private TradingState _state = picture.State;
    private string? _reason = picture.StateReason;

    /// <summary>When set, the engine is not heard any more: the picture stays as it was then.</summary>
    public bool IsSilent { get; set; }

    public List<string> Commands { get; } = [];

    public SessionSnapshot Current
    {
        get
        {
            lock (_door)
            {
                var shift = IsSilent ? 0 : Math.Max(0, time.Now - picture.Time);
                return picture with
                {
                    Time = picture.Time + shift,
                    State = _state,
                    StateReason = _reason,
                    Venues = [.. picture.Venues.Select(venue => venue with { LastFrameTime = venue.LastFrameTime + shift })],
                    Books = [.. picture.Books.Select(book => book with { UpdatedTime = book.UpdatedTime + shift })],
                };
            }
        }
    }

    public Task<OperatorAnswer> KillAsync(string reason, string who, CancellationToken cancellation) =>
        Task.FromResult(Take("kill", TradingState.Killed, reason, who, "Trading is stopped; the journal holds it."));

    public Task<OperatorAnswer> ResumeAsync(string reason, string who, CancellationToken cancellation)
    {
        lock (_door)
        {
            if (_state == TradingState.Halted)
            {
                return Task.FromResult(new OperatorAnswer(false, "The engine's own check halted trading; a resume does not lift that."));
            }
        }

        return Task.FromResult(Take("resume", TradingState.Running, null, who, "Trading goes on."));
    }

    public Task<OperatorAnswer> ResetRiskAsync(string reason, string who, CancellationToken cancellation) =>
        Task.FromResult(Take("reset-risk", TradingState.Running, null, who, "The losses are accepted."));

    /// <summary>What an action is answered; done by default.</summary>
    public Func<OperatorAction, OperatorAnswer> Act { get; set; } = _ => new OperatorAnswer(true, "It is done.");

    /// <summary>Actions wait here before they are done; null: they do not wait.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public async Task<OperatorAnswer> ActAsync(OperatorAction action, string reason, string who, CancellationToken cancellation)
    {
        lock (_door)
        {
            Commands.Add($"{action} by {who}: {reason}");
        }

        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellation);
        }

        return Act(action);
    }

    public Task<OperatorAnswer> NoteRefusedAsync(string what, string who, CancellationToken cancellation)
    {
        lock (_door)
        {
            Commands.Add($"refused {what} ({who})");
        }

        return Task.FromResult(new OperatorAnswer(true, "Kept for the audit."));
    }

    public void Halt(string reason)
    {
        lock (_door)
        {
            (_state, _reason) = (TradingState.Halted, reason);
        }
    }

    private OperatorAnswer Take(string command, TradingState state, string? reason, string who, string sentence)
    {
        lock (_door)
        {
            (_state, _reason) = (state, reason);
            Commands.Add($"{command} by {who}: {reason ?? "-"}");
            return new OperatorAnswer(true, sentence);
        }
    }
}
