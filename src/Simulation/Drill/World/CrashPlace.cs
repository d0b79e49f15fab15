namespace Parallax.Simulation.Drill.World;

/// <summary>The named points at which a process can be made to die.</summary>
public enum CrashPlace : byte
{
    BeforeRecord,
    AfterRecord,
    BeforeFlush,
    AfterFlush,
    BeforeSend,
    AfterSend,
}

/// <summary>When to die: at the n-th time that a place is passed, for records of one kind where the kind is not zero.</summary>
/// <param name="LosesPower">Whether everything not flushed to the disk is lost too, rather than only what the process held in memory.</param>
public readonly record struct CrashPoint(CrashPlace Place, byte Kind, int Times, bool LosesPower);

/// <summary>The process ends here, in the middle of whatever it does.</summary>
public sealed class CrashException : Exception
{
    public CrashException(string message)
        : base(message)
    {
    }

    public CrashException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public CrashException()
    {
    }
}
