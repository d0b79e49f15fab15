using System.Text;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Tests.Recordings.Import;

public sealed class ReceivedTimeTests
{
    [Theory]
    [InlineData("1618678132", 1618678132000000000)]
    [InlineData("1618678132.358447", 1618678132358447000)]
    [InlineData("1618678132.123456789123", 1618678132123456789)]
    [InlineData("1618678132358", 1618678132358000000)]
    [InlineData("1618678132358.5", 1618678132358500000)]
    [InlineData("1618678132358447", 1618678132358447000)]
    [InlineData("1618678132358447123", 1618678132358447123)]
    [InlineData("2021-04-17T16:48:52.358447Z", 1618678132358447000)]
    [InlineData("2021-04-17T18:48:52+02:00", 1618678132000000000)]
    public void Unit_is_told_by_magnitude(string text, long expected)
    {
        Assert.True(ReceivedTime.TryParse(Encoding.ASCII.GetBytes(text), out var nanos));
        Assert.Equal(expected, nanos);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("1618678132.")]
    [InlineData("1618678132x")]
    [InlineData("1618678132.5x")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775808")]
    [InlineData("2021-13-17T16:48:52Z")]
    [InlineData("0021-04-17T16:48:52Z")]
    public void What_is_no_time_since_1970_is_not_read(string text) => Assert.False(ReceivedTime.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("1618678132.5 {\"a\":1}", 1618678132500000000)]
    [InlineData("1618678132.5: {\"a\":1}", 1618678132500000000)]
    [InlineData("1618678132500\t{\"a\":1}", 1618678132500000000)]
    [InlineData("\"2021-04-17T16:48:52Z\", {\"a\":1}", 1618678132000000000)]
    [InlineData("{\"a\":1}", null)]
    [InlineData("  {\"a\":1}", null)]
    public void Time_before_a_frame_is_taken_off(string line, long? expected)
    {
        var frame = TimePrefix.Take(Encoding.ASCII.GetBytes(line), out var received);
        Assert.Equal("{\"a\":1}", Encoding.ASCII.GetString(frame));
        Assert.Equal(expected, received);
    }
}
