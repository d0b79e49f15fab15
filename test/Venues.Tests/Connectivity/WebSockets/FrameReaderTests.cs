using System.Text;
using Parallax.Venues.Connectivity.WebSockets;
using Parallax.Venues.Tests.Wire;
using static Parallax.Venues.Tests.Connectivity.WebSockets.ServerFrames;

namespace Parallax.Venues.Tests.Connectivity.WebSockets;

public sealed class FrameReaderTests
{
    private const int MessageBytesMax = 200_000;

    /// <summary>Every shape a stream can take: lengths of all three kinds, fragments, control frames between frames and between fragments.</summary>
    private static readonly byte[] Stream =
    [
        .. Text(""), .. Text("one"), .. Ping("are you there"), .. Text(new string('m', 125)), .. Text(new string('n', 126)),
        .. Fragments("first, ", "", "third"), .. Frame(TextFrame, "begun, "u8.ToArray(), isFinal: false), .. Ping("between"), .. Pong(""),
        .. Frame(Continuation, "ended"u8.ToArray()), .. Frame(BinaryFrame, [0, 255, 7]), .. Frame(TextFrame, "long way to say it"u8.ToArray(), lengthBytes: 8),
        .. Text("last"), .. Close(1000, "done"),
    ];

    private static readonly string[] Events =
    [
        "Message ", "Message one", "Ping are you there", "Message " + new string('m', 125), "Message " + new string('n', 126),
        "Message first, third", "Ping between", "Pong ", "Message begun, ended", "Message \0\u00ff\u0007", "Message long way to say it",
        "Message last", "Close \u0003\u00e8done",
    ];

    [Fact]
    public void Messages_and_control_frames_come_out_in_order() => Assert.Equal(Events, Read(Stream, [Stream.Length]));

    [Fact]
    public void Any_split_of_the_stream_in_two_gives_the_same_messages()
    {
        for (var at = 0; at <= Stream.Length; at++)
        {
            Assert.Equal(Events, Read(Stream, [at, Stream.Length - at]));
        }
    }

    [Fact]
    public void A_stream_that_comes_byte_by_byte_gives_the_same_messages() =>
        Assert.Equal(Events, Read(Stream, [.. Enumerable.Repeat(1, Stream.Length)]));

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Any_split_into_random_pieces_gives_the_same_messages(ulong seed)
    {
        var random = new Seeded(seed);
        for (var round = 0; round < 300; round++)
        {
            var (stream, events) = Generated(random);
            var pieces = new List<int>();
            for (var left = stream.Length; left > 0; left -= pieces[^1])
            {
                pieces.Add(Math.Min(left, 1 + random.Below(random.Of(3, 200, 3_000, 100_000))));
            }

            Assert.Equal(events, Read(stream, pieces));
        }
    }

    [Fact]
    public void A_message_longer_than_the_buffer_makes_it_grow_and_stays_whole()
    {
        var text = new string('x', MessageBytesMax);
        Assert.Equal(["Message " + text, "Message next"], Read([.. Text(text), .. Text("next")], [.. Enumerable.Repeat(700, (MessageBytesMax / 700) + 1)]));
    }

    [Fact]
    public void A_length_that_is_only_claimed_takes_no_memory()
    {
        var reader = new FrameReader(1_024, int.MaxValue / 2);
        Feed(reader, [0x81, 127, 0, 0, 0, 0, 0x3F, 0xFF, 0xFF, 0xFF, 1, 2, 3]);
        Assert.Equal(FrameEvent.NeedMore, reader.Read(out _));
        Assert.Equal(1_024, reader.Capacity);
        Assert.False(reader.Room.IsEmpty);
    }

    public static TheoryData<string, byte[], ushort> Broken => new()
    {
        { "a reserved bit", Frame(TextFrame, "x"u8.ToArray(), reserved: 0x40), 1002 },
        { "a masked frame", [0x81, 0x81, 1, 2, 3, 4, 5], 1002 },
        { "an unknown kind", Frame(3, []), 1002 },
        { "an unknown control kind", Frame(11, []), 1002 },
        { "a control frame in fragments", Frame(PingFrame, [], isFinal: false), 1002 },
        { "a control frame of 126 bytes", Frame(PingFrame, new byte[126]), 1002 },
        { "a continuation of nothing", Frame(Continuation, "x"u8.ToArray()), 1002 },
        { "a new message inside one in fragments", [.. Frame(TextFrame, "x"u8.ToArray(), isFinal: false), .. Text("y")], 1002 },
        { "a message that is too long", [0x81, 127, 0, 0, 0, 0, 0, 3, 13, 65], 1009 },
        { "a length with its highest bit set", [0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0], 1009 },
        { "fragments that are too long together", [.. Frame(TextFrame, new byte[MessageBytesMax], isFinal: false), .. Frame(Continuation, [1])], 1009 },
        { "endless fragments", [.. Enumerable.Range(0, 300).SelectMany(i => Frame(i == 0 ? TextFrame : Continuation, new byte[1_000], isFinal: false))], 1009 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_frame_is_told_with_the_code_to_close_with(string what, byte[] frames, ushort code)
    {
        var reader = new FrameReader(1_024, MessageBytesMax);
        Feed(reader, Text("before"));
        Assert.Equal(FrameEvent.Message, reader.Read(out _));
        var left = frames.AsSpan();
        FrameEvent found;
        while ((found = reader.Read(out _)) == FrameEvent.NeedMore && left.Length > 0)
        {
            var count = Math.Min(left.Length, reader.Room.Length);
            Feed(reader, left[..count]);
            left = left[count..];
        }

        Assert.Equal(FrameEvent.Violation, found);
        Assert.True(code == reader.Violation!.Code, what);
        Assert.EndsWith(".", reader.Violation.Reason);
        Assert.InRange(reader.Violation.Reason.Length, 20, 123);
        Assert.Equal(FrameEvent.Violation, reader.Read(out var payload));
        Assert.True(payload.IsEmpty);
    }

    [Fact]
    public void A_whole_message_is_announced_before_it_is_taken()
    {
        var reader = new FrameReader(1_024, MessageBytesMax);
        Assert.False(reader.HasMessage);
        Feed(reader, [.. Text("one"), .. Ping("x"), .. Fragments("tw", "o")[..6]]);
        Assert.True(reader.HasMessage);
        reader.Read(out _);
        Assert.False(reader.HasMessage);
        Feed(reader, Fragments("tw", "o").AsSpan(6));
        Assert.True(reader.HasMessage);
        Assert.Equal(FrameEvent.Ping, reader.Read(out _));
        Assert.True(reader.HasMessage);
        Assert.Equal(FrameEvent.Message, reader.Read(out _));
        Assert.False(reader.HasMessage);
    }

    [Theory]
    [InlineData(11UL)]
    [InlineData(12UL)]
    [InlineData(13UL)]
    [InlineData(14UL)]
    public void Random_and_mutated_bytes_end_in_nothing_but_frames_or_one_violation(ulong seed)
    {
        var random = new Seeded(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = random.OneIn(3) ? Noise(random, 2_000) : random.Mutate(Generated(random, textBytesMax: 500).Stream);
            var reader = new FrameReader(1_024, 3_000);
            var fed = 0;
            for (var steps = 0; ; steps++)
            {
                Assert.True(steps <= 2 * bytes.Length + 10, "No end.");
                _ = reader.HasMessage;
                var found = reader.Read(out var payload);
                Assert.InRange(payload.Length, 0, 3_000);
                Assert.InRange(reader.Capacity, 1_024, 2 * (3_000 + 1_024));
                if (found == FrameEvent.Violation || (found == FrameEvent.NeedMore && fed == bytes.Length))
                {
                    break;
                }

                if (found == FrameEvent.NeedMore)
                {
                    var count = Math.Min(Math.Min(bytes.Length - fed, reader.Room.Length), 1 + random.Below(300));
                    Feed(reader, bytes.AsSpan(fed, count));
                    fed += count;
                }
            }
        }
    }

    private static byte[] Noise(Seeded random, int bytesMax)
    {
        var bytes = new byte[random.Below(bytesMax)];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.Next();
        }

        return bytes;
    }

    private static (byte[] Stream, List<string> Events) Generated(Seeded random, int textBytesMax = 70_000)
    {
        var (stream, events) = (new List<byte>(), new List<string>());
        var isBegun = false;
        for (var count = 1 + random.Below(12); count > 0; count--)
        {
            var text = new string((char)('a' + random.Below(26)), random.Below(random.Of(10, 130, 300, textBytesMax)));
            if (random.OneIn(4))
            {
                Control();
            }

            if (!random.OneIn(3))
            {
                stream.AddRange(Text(text));
            }
            else
            {
                var at = 0;
                for (var isFinal = false; !isFinal;)
                {
                    var piece = random.Below(text.Length - at + 1);
                    isFinal = at + piece == text.Length;
                    stream.AddRange(Frame(isBegun ? Continuation : TextFrame, Encoding.ASCII.GetBytes(text.Substring(at, piece)), isFinal));
                    isBegun = !isFinal;
                    at += piece;
                    if (!isFinal && random.OneIn(3))
                    {
                        Control();
                    }
                }
            }

            events.Add("Message " + text);
        }

        return ([.. stream], events);

        void Control()
        {
            var text = new string('c', random.Below(126));
            stream.AddRange(random.OneIn(2) ? Ping(text) : Pong(text));
            events.Add((stream[^(text.Length + 2)] == (0x80 | PingFrame) ? "Ping " : "Pong ") + text);
        }
    }

    private static List<string> Read(byte[] stream, IEnumerable<int> pieces)
    {
        var reader = new FrameReader(1_024, MessageBytesMax);
        var events = new List<string>();
        var at = 0;
        foreach (var piece in pieces)
        {
            var left = stream.AsSpan(at, Math.Min(piece, stream.Length - at));
            at += left.Length;
            do
            {
                var count = Math.Min(left.Length, reader.Room.Length);
                Feed(reader, left[..count]);
                left = left[count..];
                while (reader.HasMessage is var isAnnounced && reader.Read(out var payload) is var found && found != FrameEvent.NeedMore)
                {
                    Assert.True(found != FrameEvent.Message || isAnnounced);
                    events.Add($"{found} {Encoding.Latin1.GetString(payload)}");
                }
            }
            while (left.Length > 0);
        }

        return events;
    }

    private static void Feed(FrameReader reader, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(reader.Room);
        reader.Fill(bytes.Length);
    }
}
