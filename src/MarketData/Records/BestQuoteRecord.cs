using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.MarketData.Records;

/// <summary>A venue's own best bid and ask: 32 bytes. A quantity of zero says that the side is empty.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct BestQuoteRecord(Level bid, Level ask)
{
    public const int Size = 32;

    public readonly Level Bid = bid;
    public readonly Level Ask = ask;

    public static ref readonly BestQuoteRecord Read(ReadOnlySpan<byte> payload) => ref MemoryMarshal.AsRef<BestQuoteRecord>(payload);

    public static ReadOnlySpan<byte> Payload(in BestQuoteRecord quote) => MemoryMarshal.AsBytes(new ReadOnlySpan<BestQuoteRecord>(in quote));
}
