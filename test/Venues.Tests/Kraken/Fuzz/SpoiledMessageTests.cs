using Parallax.Domain;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Kraken.Rest;
using Parallax.Venues.Tests.Kraken.Rest;

namespace Parallax.Venues.Tests.Kraken.Fuzz;

/// <summary>Whatever arrives, a parser answers with one of its results, never with an exception, and with memory in proportion.</summary>
public sealed class SpoiledMessageTests
{
    private const int BytesPerByteMax = 400;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Spoiled_frames_are_read_or_rejected(ulong seed)
    {
        var mutations = new Mutations(seed);
        var seen = new HashSet<Type>();
        for (var i = 0; i < 20_000; i++)
        {
            seen.Add(Parse(mutations.Spoil(Samples.Frames[mutations.Below(Samples.Frames.Length)]), $"seed {seed}, frame {i}").GetType());
        }

        // The spoiling is worth something only while it leaves many messages readable and breaks many others.
        Assert.Superset(new HashSet<Type> { typeof(MalformedMessage), typeof(ExecutionsMessage), typeof(BatchReply), typeof(BalancesMessage), typeof(InstrumentMessage), typeof(OtherMessage) }, seen);
    }

    [Theory]
    [InlineData(4UL)]
    [InlineData(5UL)]
    [InlineData(6UL)]
    public void Spoiled_answers_are_read_or_rejected_by_every_reader(ulong seed)
    {
        var mutations = new Mutations(seed);
        var seen = new HashSet<string>();
        for (var i = 0; i < 2_000; i++)
        {
            var body = mutations.Spoil(Samples.Answers[mutations.Below(Samples.Answers.Length)]);
            foreach (var method in RestMethods.All.Keys)
            {
                seen.Add(Read(method, body, $"seed {seed}, answer {i}, {method}").Kind);
            }
        }

        Assert.Equal(["Answered", "Refused", "Unreadable"], seen.Order());
    }

    [Fact]
    public void Random_bytes_are_rejected()
    {
        var mutations = new Mutations(7);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = mutations.Random(mutations.Below(300));
            Assert.IsType<MalformedMessage>(Parse(bytes, $"random {i}"));
            Assert.Equal("Unreadable", Read("", bytes, $"random {i}").Kind);
        }
    }

    [Fact]
    public void Deep_nesting_is_rejected()
    {
        var deep = new byte[1 << 20];
        deep.AsSpan().Fill((byte)'[');
        byte[] frame = [.. """{"channel":"""u8, .. deep];

        Assert.IsType<MalformedMessage>(Parse(frame, "deep"));
    }

    [SharedTheory]
    [Trait("Category", "Fixtures")]
    [MemberData(nameof(Files))]
    public void Spoiled_recordings_are_read_or_rejected(string file)
    {
        var mutations = new Mutations(8);
        var frames = VenueFiles.Frames(file).Where(frame => frame.Text.Length < 20_000).ToArray();
        for (var i = 0; i < 300 && frames.Length > 0; i++)
        {
            var spoiled = mutations.Spoil(frames[mutations.Below(frames.Length)].Text);
            Parse(spoiled, $"{file}, frame {i}");
            Read(RestMethods.Of(file), spoiled, $"{file}, answer {i}");
        }
    }

    public static TheoryData<string> Files => VenueFiles.WithPrefix("ws_", "n_", "rest_", "live_v2_");

    private static FeedMessage Parse(byte[] frame, string what)
    {
        FeedMessage message = new HeartbeatMessage();
        Bounded(frame, what, () => message = FeedMessage.Read(frame));
        RequireSane(message, what);
        return message;
    }

    private static RestOutcome Read(string method, byte[] body, string what)
    {
        var outcome = new RestOutcome("", [], "");
        Bounded(body, what, () => outcome = RestMethods.Read(method, body));
        if (method is "BalanceEx" && RestAnswer.Read(body, AccountAnswers.BalanceEx).Result is { } holdings)
        {
            _ = holdings.Values.Sum(holding => holding.Available);
        }

        return outcome;
    }

    private static void Bounded(byte[] message, string what, Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (Exception escaped)
        {
            throw new InvalidOperationException($"{what}: {Convert.ToBase64String(message)}", escaped);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < (128 << 10) + ((long)message.Length * BytesPerByteMax), $"{what}: {allocated} bytes for a message of {message.Length}");
    }

    private static void RequireSane(FeedMessage message, string what)
    {
        switch (message)
        {
            case TickerMessage ticker:
                Assert.All(ticker.Rows, row => Assert.True(row is { Bid: null or { Price: > 0m, Quantity: > 0m }, Ask: null or { Price: > 0m, Quantity: > 0m } }, what));
                break;
            case InstrumentMessage instruments:
                Assert.All(instruments.Pairs, pair => pair.ToInstrument(new VenueId("kraken"), 10)?.Validated());
                break;
            case ExecutionsMessage executions:
                Assert.All(executions.Rows, row => Assert.True(row.Kind != ExecutionKind.Trade || row is { LastPrice: > 0m, LastQuantity: > 0m }, what));
                break;
        }
    }
}
