using System.Text;
using Parallax.Domain;
using Parallax.Venues.Tests.Kraken;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Wire;

public sealed class SymbolTableTests
{
    [Fact]
    public void Symbols_that_share_a_start_or_an_end_are_told_apart()
    {
        // A nine-byte hash once merged the first two.
        string[] symbols = ["FDUSD/USDT", "FDUSD/USDC", "FDUSD/USD", "A/B", "A/BB", "AA/B", "ABCDEFG/ABCDEFG", "ABCDEFGH/ABCDEFG", "ABCDEFGHIJKLM/NOPQRSTU"];
        var table = SymbolTable.Of(symbols.Select(s => AnInstrument.Of(s, 2)));
        for (var i = 0; i < symbols.Length; i++)
        {
            Assert.True(table.TryFind(Encoding.ASCII.GetBytes(symbols[i]), out var found));
            Assert.Equal(i, found.Number);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("FDUSD/USDT\0")]
    [InlineData("FDUSD/USD")]
    [InlineData("FDUSD/USDTX")]
    [InlineData("fdusd/usdt")]
    [InlineData("FDUSD/USDT and much more than sixteen bytes")]
    public void An_unknown_symbol_is_not_found(string symbol)
    {
        var table = SymbolTable.Of([AnInstrument.Of("FDUSD/USDT", 2)]);
        Assert.False(table.TryFind(Encoding.ASCII.GetBytes(symbol), out _));
    }

    [Fact]
    public void Ten_thousand_symbols_keep_their_numbers()
    {
        var instruments = Enumerable.Range(0, 10_000).Select(i => ((ushort)(i + 7), AnInstrument.Of($"C{i}/USD", 2))).ToArray();
        var table = new SymbolTable(instruments);
        Assert.Equal(10_000, table.Count);
        foreach (var (number, instrument) in instruments)
        {
            Assert.True(table.TryFind(Encoding.ASCII.GetBytes(instrument.Symbol), out var found));
            Assert.Equal(number, found.Number);
        }
    }

    [Fact]
    public void Two_instruments_of_one_symbol_are_refused() =>
        Assert.Throws<ArgumentException>(() => SymbolTable.Of([AnInstrument.Of("A/B", 2), AnInstrument.Of("A/B", 3)]));

    [Theory]
    [InlineData("0.1", 1, 1)]
    [InlineData("0.10", 1, 1)]
    [InlineData("0.5", 1, 5)]
    [InlineData("0.00000001", 8, 1)]
    [InlineData("10", 0, 10)]
    [InlineData("1", 0, 1)]
    public void A_step_is_a_number_of_units_of_its_last_decimal(string step, int decimals, ulong units)
    {
        var grid = new DecimalGrid(decimal.Parse(step, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((decimals, units), (grid.Decimals, grid.Step));
    }

    [Fact]
    public void A_step_that_is_not_positive_or_too_fine_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecimalGrid(0m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecimalGrid(-1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecimalGrid(0.0000000000000000001m));
    }
}
