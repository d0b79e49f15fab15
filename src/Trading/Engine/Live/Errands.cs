namespace Parallax.Trading.Engine.Live;

/// <summary>Something another thread wants done on the engine thread, between two records.</summary>
internal abstract class Errand
{
    /// <summary>Engine thread. What it throws ends the session.</summary>
    public abstract void Run(Engine engine, EngineThread thread);

    /// <summary>The session is over and this will never run.</summary>
    public abstract void Refuse(Exception why);
}

/// <summary>A look at the engine. What the question throws is the asker's.</summary>
internal sealed class Question<T>(Func<Engine, T> question) : Errand
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Run(Engine engine, EngineThread thread)
    {
        try
        {
            _answer.SetResult(question(engine));
        }
        catch (Exception wrong)
        {
            _answer.SetException(wrong);
        }
    }

    public override void Refuse(Exception why) => _answer.TrySetException(why);
}

/// <summary>What an operator tells: acknowledged once the engine took it and the journal holds it.</summary>
internal sealed class Order(byte kind, ReadOnlyMemory<byte> payload) : Errand
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override void Run(Engine engine, EngineThread thread)
    {
        try
        {
            if (thread.TryObey(kind, payload.Span))
            {
                _done.SetResult();
            }
            else
            {
                _done.SetException(new InvalidOperationException("It was taken, but the disk is full: should the program end before there is room, it is forgotten."));
            }
        }
        catch (Exception wrong)
        {
            _done.SetException(wrong);
            throw;
        }
    }

    public override void Refuse(Exception why) => _done.TrySetException(why);
}

/// <summary>The wish to end in order.</summary>
internal sealed class Farewell(TimeSpan grace) : Errand
{
    public override void Run(Engine engine, EngineThread thread) => thread.Drain(grace);

    public override void Refuse(Exception why)
    {
        // It has ended already, which is what was wanted.
    }
}
