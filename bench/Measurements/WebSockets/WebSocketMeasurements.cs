using Parallax.Measurements.Feed;

namespace Parallax.Measurements.WebSockets;

/// <summary>W1: what receiving a message costs, on a connection over loopback that always has more.</summary>
/// <remarks>
/// Processor time of everything but the sending thread, over the messages of a round: threads of the framework's event loop and pool
/// count for those who use them, waiting counts for nobody. Before the rounds each receiver compares all it receives, byte by byte, with
/// what was sent.
/// </remarks>
public sealed class WebSocketMeasurements
{
    private const int Rounds = 7;
    private const int Updates = 20_000;
    private const int Passes = 20;

    /// <returns>Nothing where the system does not tell a thread's processor time.</returns>
    public IReadOnlyList<Measurement> Run(CancellationToken cancellation)
    {
        if (!ThreadProcessor.IsSupported)
        {
            return [];
        }

        var stream = FeedGenerator.Make(Updates);
        using var server = new FloodServer(stream);
        IFloodReceiver product = new ProductReceiver(), framework = new FrameworkReceiver(), raw = new RawReceiver();
        var isSame = new[] { product, framework, raw }.All(receiver => Receive(server, receiver, 2, stream).Messages == 2 * server.Messages);
        return
        [
            Row($"WebSocket receive, flood of {stream.BytesPerUpdate:F0} bytes a message (ratio: times the yardstick)", framework, "ClientWebSocket", 0.5),
            Row("the same (ratio: times the yardstick)", raw, "TCP alone, many messages a read", 2),
        ];

        Measurement Row(string name, IFloodReceiver yardstick, string yardstickName, double target)
        {
            var rounds = new Alternation(Rounds, () => Timed(product), () => Timed(yardstick), cancellation);
            return rounds.Row("W1", name, yardstickName, rounds.OursNanos / rounds.YardstickNanos, target, isUpperBound: true, isSame);
        }

        Timing Timed(IFloodReceiver receiver)
        {
            var (messages, timing) = Receive(server, receiver, Passes, expected: null);
            isSame &= messages == Passes * server.Messages;
            return timing;
        }
    }

    private static (int Messages, Timing Timing) Receive(FloodServer server, IFloodReceiver receiver, int passes, FeedStream? expected)
    {
        server.Begin(passes, receiver.IsWebSocket);
        var receive = receiver.Connect(server, passes, expected);
        var start = Stamp.Now();
        var messages = receive();
        var sending = server.End();
        var end = Stamp.Now();
        return (messages, start.To(end with { Processor = end.Processor - sending }, passes * server.Messages));
    }
}
