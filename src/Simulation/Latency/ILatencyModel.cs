namespace Parallax.Simulation.Latency;

/// <summary>How long an order takes to the venue and its report back. Each call is one message; the order of calls is part of a run.</summary>
public interface ILatencyModel
{
    /// <summary>From our decision to the venue's matching, nanoseconds; zero or more.</summary>
    long EntryNanos();

    /// <summary>From the venue's matching to the moment we can act on the report, nanoseconds; zero or more.</summary>
    long ResponseNanos();
}
