using System.Globalization;
using System.Text;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Wire;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T00:00:00.000000001Z", 1)]
    [InlineData("2023-07-30T15:29:58.343415Z", 1_690_730_998_343_415_000)]
    [InlineData("2023-07-30T15:29:58.3434150009Z", 1_690_730_998_343_415_000)]
    [InlineData("2023-07-30T17:29:58.343415+02:00", 1_690_730_998_343_415_000)]
    [InlineData("2023-07-30t15:29:58.343415z", 1_690_730_998_343_415_000)]
    [InlineData("2016-12-31T23:59:60Z", 1_483_228_799_000_000_000)]
    [InlineData("2024-02-29T00:00:00Z", 1_709_164_800_000_000_000)]
    public void A_time_is_nanoseconds_since_1970(string text, long nanos)
    {
        Assert.True(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out var found));
        Assert.Equal(nanos, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2023-07-30")]
    [InlineData("2023-07-30T15:29:58")]
    [InlineData("2023-07-30T15:29:58.Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2023-13-01T00:00:00Z")]
    [InlineData("2023-07-30T24:00:00Z")]
    [InlineData("2023-07-30T15:60:00Z")]
    [InlineData("2023-07-30T15:29:61Z")]
    [InlineData("2023-07-30T15:29:58.5Z ")]
    [InlineData("2023-07-30T15:29:58+2:00")]
    [InlineData("2023/07/30T15:29:58Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("9999-01-01T00:00:00Z")]
    [InlineData("yyyy-mm-ddThh:mm:ssZ")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Every_day_from_1970_to_2261_is_the_framework_s()
    {
        for (var day = DateTime.UnixEpoch; day.Year <= 2261; day = day.AddDays(1).AddSeconds(7))
        {
            var text = day.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            Assert.True(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out var nanos), text);
            Assert.Equal(UtcNanos.From(new DateTimeOffset(day, TimeSpan.Zero)).Value, nanos);
        }
    }
}
