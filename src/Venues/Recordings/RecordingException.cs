namespace Parallax.Venues.Recordings;

/// <summary>A recording cannot be read as what it is said to be. The message is one sentence: what was expected, what was found, where.</summary>
public sealed class RecordingException : IOException
{
    public RecordingException(string message)
        : base(message)
    {
    }

    public RecordingException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public RecordingException()
    {
    }
}
