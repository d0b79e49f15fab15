using Parallax.Venues.Binance.Feed;

namespace Parallax.Venues.Tests.Binance;

public sealed class DepthSequenceTests
{
    [Theory]
    [InlineData(90, 100, DepthVerdict.Old)]
    [InlineData(95, 101, DepthVerdict.Apply)]
    [InlineData(101, 101, DepthVerdict.Apply)]
    [InlineData(102, 110, DepthVerdict.Gap)]
    public void Spot_event_continues_a_snapshot_when_it_holds_the_next_number(long first, long last, DepthVerdict expected) =>
        Assert.Equal(expected, After(100).Judge(new DepthNumbers(first, last, null)));

    [Theory]
    [InlineData(101, 110, DepthVerdict.Old)]
    [InlineData(111, 111, DepthVerdict.Apply)]
    [InlineData(112, 120, DepthVerdict.Gap)]
    public void Spot_event_follows_the_number_before(long first, long last, DepthVerdict expected)
    {
        var sequence = After(100);
        Assert.Equal(DepthVerdict.Apply, sequence.Judge(new DepthNumbers(101, 110, null)));
        Assert.Equal(expected, sequence.Judge(new DepthNumbers(first, last, null)));
    }

    [Theory]
    [InlineData(80, 99, 70, DepthVerdict.Old)]
    [InlineData(90, 100, 80, DepthVerdict.Apply)]
    [InlineData(95, 120, 94, DepthVerdict.Apply)]
    [InlineData(150, 160, 100, DepthVerdict.Apply)]
    [InlineData(150, 160, 120, DepthVerdict.Gap)]
    public void Futures_event_continues_a_snapshot_that_it_holds_or_directly_follows(long first, long last, long previous, DepthVerdict expected) =>
        Assert.Equal(expected, After(100).Judge(new DepthNumbers(first, last, previous)));

    [Theory]
    [InlineData(150, 160, 120, DepthVerdict.Apply)]
    [InlineData(121, 160, 119, DepthVerdict.Gap)]
    [InlineData(100, 120, 90, DepthVerdict.Old)]
    public void Futures_event_names_the_number_before(long first, long last, long previous, DepthVerdict expected)
    {
        var sequence = After(100);
        Assert.Equal(DepthVerdict.Apply, sequence.Judge(new DepthNumbers(95, 120, 90)));
        Assert.Equal(expected, sequence.Judge(new DepthNumbers(first, last, previous)));
    }

    [Fact]
    public void Event_that_does_not_apply_leaves_the_sequence_where_it_was()
    {
        var sequence = After(100);
        sequence.Judge(new DepthNumbers(102, 110, null));
        Assert.Equal(100, sequence.Last);
        Assert.Equal(DepthVerdict.Apply, sequence.Judge(new DepthNumbers(101, 103, null)));
    }

    private static DepthSequence After(long snapshot)
    {
        var sequence = default(DepthSequence);
        sequence.Restart(snapshot);
        return sequence;
    }
}
