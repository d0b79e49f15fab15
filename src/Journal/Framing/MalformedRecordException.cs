namespace Parallax.Journal.Framing;

/// <summary>A record whose frame is sound but whose payload is not what its kind promises. The message is one sentence.</summary>
public sealed class MalformedRecordException : Exception
{
    public MalformedRecordException(string message)
        : base(message)
    {
    }

    public MalformedRecordException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public MalformedRecordException()
    {
    }
}
