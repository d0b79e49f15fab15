namespace Parallax.Trading.Engine.Live;

/// <summary>What an inlet does with a record for which it has no room.</summary>
public enum OverflowPolicy : byte
{
    /// <summary>
    /// For market data: the record is dropped and counted; a book that missed one is reported lost as soon as there is room, and subscribed
    /// afresh. The feed never waits. Definitions and connection states, which are few and cannot be had again, wait for room.
    /// </summary>
    DropAndResync = 0,

    /// <summary>For order events: the producer waits for room. A fill is a fact and is never dropped.</summary>
    Wait = 1,
}
