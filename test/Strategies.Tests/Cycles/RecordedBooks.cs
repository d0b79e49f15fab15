using System.Globalization;
using System.IO.Compression;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.Strategies.Tests.Cycles;

/// <summary>Reads a small tardis.dev L2 file as far as a survey needs it: rows of one message share symbol and both times.</summary>
internal static class RecordedBooks
{
    public static void Replay(string path, IReadOnlyList<Instrument> instruments, Action<int, OrderBook, long> afterMessage)
    {
        var books = instruments.Select(instrument => new OrderBook(instrument)).ToList();
        var levels = new List<BookLevel>();
        var message = (Symbol: "", Venue: "", Received: "", IsSnapshot: "");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            var field = line.Split(',');
            if (message != (field[1], field[2], field[3], field[4]))
            {
                Flush();
                message = (field[1], field[2], field[3], field[4]);
            }

            if (instruments.FirstOrDefault(instrument => instrument.Symbol == field[1]) is { } traded)
            {
                Assert.True(traded.TryTicks(Number(field[6]), out var ticks), line);

                Assert.True(traded.TryLots(Number(field[7]), out var lots), line);
                levels.Add(new BookLevel(field[5] == "bid" ? BookSide.Bid : BookSide.Ask, ticks, lots));
            }
        }

        Flush();

        void Flush()
        {
            if (levels.Count == 0)
            {
                return;
            }

            var number = instruments.Select(instrument => instrument.Symbol).ToList().IndexOf(message.Symbol);
            var received = long.Parse(message.Received, CultureInfo.InvariantCulture) * UtcNanos.PerMicrosecond;
            var kind = message.IsSnapshot == "true" ? MarketRecordKind.BookSnapshot : MarketRecordKind.BookDelta;
            var header = BookRecord.Header(kind, (ushort)number, received, received);
            books[number].Apply(header, levels.ToArray());
            levels.Clear();
            afterMessage(number, books[number], received);
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
