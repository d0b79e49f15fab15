using System.Globalization;
using System.Text;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Wire;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("0.1", "29431.0", 294310)]
    [InlineData("0.1", "29431", 294310)]
    [InlineData("0.1", "2.9431e4", 294310)]
    [InlineData("0.00000001", "1e-08", 1)]
    [InlineData("0.00000001", "0.03740000", 3740000)]
    [InlineData("0.00000001", "0.0374000000000000000000000000000000", 3740000)]
    [InlineData("0.00000001", "92233720368.54775807", long.MaxValue)]
    [InlineData("0.5", "1.50", 3)]
    [InlineData("0.25", "0.75", 3)]
    [InlineData("10", "120", 12)]
    [InlineData("1", "-0", 0)]
    [InlineData("1", "-0.000e5", 0)]
    [InlineData("1", "0e999999999", 0)]
    [InlineData("1", "1000000000000000000000000e-22", 100)]
    [InlineData("1", "9223372036854775807", long.MaxValue)]
    public void A_number_on_the_grid_is_exact(string step, string text, long count) => Assert.Equal((GridError.None, count), Count(step, text));

    [Theory]
    [InlineData("0.1", "29431.05", GridError.OffGrid)]
    [InlineData("0.5", "1.1", GridError.OffGrid)]
    [InlineData("10", "125", GridError.OffGrid)]
    [InlineData("1", "1e-400", GridError.OffGrid)]
    [InlineData("1", "0.00000000000000000000000000000001", GridError.OffGrid)]
    [InlineData("0.1", "0.12345678901234567890123", GridError.OffGrid)]
    [InlineData("1", "-1", GridError.Negative)]
    [InlineData("1", "-1e400", GridError.Negative)]
    [InlineData("1", "1e400", GridError.OutOfRange)]
    [InlineData("1", "9223372036854775808", GridError.OutOfRange)]
    [InlineData("0.00000001", "92233720368.54775808", GridError.OutOfRange)]
    [InlineData("1", "12345678901234567890123", GridError.OutOfRange)]
    [InlineData("1", "1e99999999999999999999", GridError.OutOfRange)]
    public void A_number_off_the_grid_says_why(string step, string text, GridError error) => Assert.Equal((error, 0), Count(step, text));

    [Fact]
    public void Parsing_undoes_printing_in_every_form()
    {
        for (var seed = 1ul; seed <= 100_000; seed++)
        {
            var random = new Seeded(seed);
            var decimals = random.Below(11);
            var step = new decimal(1, 0, 0, false, (byte)decimals) * random.Of(1, 1, 1, 5, 25, 10);
            var count = (long)(random.Next() >> (2 + random.Below(60)));
            if (count > 10_000_000_000_000_000)
            {
                continue;
            }

            var text = random.Print(count * step);
            Assert.True(Count(step, text) == (GridError.None, count), $"seed {seed}: {text} on {step}");
        }
    }

    private static (GridError, long) Count(string step, string text) => Count(decimal.Parse(step, CultureInfo.InvariantCulture), text);

    private static (GridError, long) Count(decimal step, string text)
    {
        var cursor = new JsonCursor(Encoding.ASCII.GetBytes(text), []);
        Assert.True(cursor.ReadNumber(out var number) && cursor.TakeEnd(), text);
        var error = number.TryCount(new DecimalGrid(step), out var count);
        return (error, count);
    }
}
