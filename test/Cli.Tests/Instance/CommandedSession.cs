using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Tests.Instance;

/// <summary>Takes commands and remembers them.</summary>
internal sealed class CommandedSession : IOperatedSession
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Kills { get; } = [];

    public int Resumes { get; private set; }

    public Queue<Func<OperatorAnswer>> Answers { get; } = [];

    public Task Killed => _killed.Task;

    public SessionSnapshot Current => throw new NotSupportedException();

    public Task<OperatorAnswer> KillAsync(string reason, string who, CancellationToken cancellation)
    {
        Kills.Add($"{who}: {reason}");
        var answer = Answers.TryDequeue(out var next) ? next() : new OperatorAnswer(true, "stopped");
        _killed.TrySetResult();
        return Task.FromResult(answer);
    }

    public Task<OperatorAnswer> ActAsync(OperatorAction action, string reason, string who, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OperatorAnswer> NoteRefusedAsync(string what, string who, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OperatorAnswer> ResetRiskAsync(string reason, string who, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<OperatorAnswer> ResumeAsync(string reason, string who, CancellationToken cancellation)
    {
        Resumes++;
        return Task.FromResult(new OperatorAnswer(true, "resumed"));
    }
}
