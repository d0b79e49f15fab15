namespace Parallax.VenueServers.Kraken;

/// <summary>What a server has done since it began, at one moment.</summary>
/// <param name="Connections">WebSocket connections that stand.</param>
/// <param name="Records">Market records handled.</param>
/// <param name="Messages">Market data messages made, each counted once however many listen.</param>
/// <param name="SentOnClosed">Frames of every kind handed to connections that have ended since; what they took with them is among these.</param>
/// <param name="SentOnOpen">The same for the connections that stand.</param>
/// <param name="OpenOrders">Orders that rest, all accounts together.</param>
/// <param name="ClosedOrders">Orders that were filled or canceled.</param>
/// <param name="Fills">Trades of clients' orders.</param>
public sealed record KrakenServerActivity(
    int Connections, long Records, long Messages, long SentOnClosed, long SentOnOpen, int OpenOrders, int ClosedOrders, int Fills);
