namespace Parallax.Venues.Recordings.Lines;

/// <summary>One line is not what its format promises. Whoever reads the lines adds file and number, and stops or goes on.</summary>
public sealed class BadLineException : Exception
{
    public BadLineException(string message)
        : base(message)
    {
    }

    public BadLineException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public BadLineException()
    {
    }
}
