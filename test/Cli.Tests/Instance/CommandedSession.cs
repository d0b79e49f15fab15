using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Tests.Instance;

/// <summary>Takes commands and remembers them.</summary>
internal sealed class CommandedSession : IOperatedSession
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Kills { get; } = [];

    public int Resumes { get; private set; }

    public Queue<Func<OperatorAnswer>> Answers { get; } = [];

    public Task Killed => _killed.Task;

    public SessionSnapshot Current { get; private set; } = new SnapshotBuilder(
        new EngineSettings
        {
            Mode = "paper",
            Capital = new Dictionary<Asset, decimal>(),
            StartAssets = [new Asset("USD")],
            Fees = new FeeTable(new FeeTerms(0m, FeeMode.Receive)),
        },
        "",
        0,
        () => []).Blank();

    public Task<OperatorAnswer> KillAsync(string reason, string who, CancellationToken cancellation)
    {
        Kills.Add($"{who}: {reason}");
        var answer = Answers.TryDequeue(out var next) ? next() : new OperatorAnswer(true, "stopped");
        Current = Current with { State = answer.IsDone ? TradingState.Killed : Current.State };
        _killed.TrySetResult();
        return Task.FromResult(answer);
    }

    public Task<OperatorAnswer> ActAsync(OperatorAction action, string reason, string who, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OperatorAnswer> NoteRefusedAsync(string what, string who, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OperatorAnswer> ResetRiskAsync(string reason, string who, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OperatorAnswer> ResumeAsync(string reason, string who, CancellationToken cancellation)
    {
        Resumes++;
        Current = Current with { State = TradingState.Running };
        return Task.FromResult(new OperatorAnswer(true, "resumed"));
    }
}
