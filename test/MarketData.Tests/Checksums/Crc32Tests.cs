using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Parallax.MarketData.Checksums;
using Parallax.MarketData.Tests.Books;

namespace Parallax.MarketData.Tests.Checksums;

public sealed class Crc32Tests
{
    [Fact]
    public void Check_value_of_the_digits_one_to_nine() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void Check_value_of_nothing() => Assert.Equal(0u, Crc32.Of([]));

    [Fact]
    public void A_register_moved_past_zero_bytes_is_the_register_after_those_bytes()
    {
        var random = new BookRandom(3);
        for (var count = 0; count <= Crc32Shift.BytesMax; count++)
        {
            var register = (uint)random.Next();
            var moved = Crc32Shift.Reduce(Crc32Shift.Shared.Past(Crc32Shift.Remainder(register), count));
            Assert.Equal(Crc32.Continue(register, new byte[count]), moved);
            Assert.Equal(register, Crc32Shift.Reduce(Crc32Shift.Shared.Past(Crc32Shift.Remainder(moved), -count)));
        }
    }

    [Fact]
    public void A_folded_sum_stands_for_the_same_register()
    {
        var random = new BookRandom(6);
        for (var i = 0; i < 1000; i++)
        {
            var sum = Crc32Shift.Times(random.Next(), random.Next() << 32);
            var folded = Crc32Shift.Fold(sum).ToScalar();
            Assert.Equal(Crc32Shift.Reduce(sum), Crc32Shift.Reduce(Crc32Shift.Shared.Past(folded, 0)));
        }
    }

    [Fact]
    public void Bitwise_product_is_that_of_the_instruction()
    {
        var random = new BookRandom(4);
        for (var i = 0; i < 1000; i++)
        {
            var (left, right) = (random.Next(), random.Next());
            var bitwise = Crc32Shift.MultiplyBitwise(left, right);
            if (Pclmulqdq.IsSupported)
            {
                Assert.Equal(Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(left), Vector128.CreateScalar(right), 0), bitwise);
            }

            Assert.Equal(bitwise, Crc32Shift.MultiplyBitwise(right, left));
        }
    }

    [Fact]
    public void Digest_of_a_level_is_the_register_of_its_digits_and_their_count()
    {
        var random = new BookRandom(5);
        for (var i = 0; i < 200_000; i++)
        {
            Check(OfAnyLength(random), OfAnyLength(random));
        }

        ulong[] corners = [1, 9, 10, 99_999_999, 100_000_000, 9_999_999_999_999_999, 10_000_000_000_000_000, long.MaxValue, ulong.MaxValue];
        foreach (var price in corners)
        {
            foreach (var quantity in corners)
            {
                Check(price, quantity);
            }
        }

        static void Check(ulong price, ulong quantity)
        {
            var digits = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{price}{quantity}"));
            DigitsDigest.Of(Crc32Shift.Shared, price, quantity, out var remainder, out var length);
            Assert.True(Crc32Shift.Reduce(Crc32Shift.Shared.Past(remainder, 0)) == Crc32.Continue(0, digits), $"{price} {quantity}");
            Assert.True(length == digits.Length, $"{price} {quantity}");
            DigitsDigest.OfLong(price, quantity, out remainder, out length);
            Assert.True(Crc32Shift.Reduce(Crc32Shift.Shared.Past(remainder, 0)) == Crc32.Continue(0, digits), $"{price} {quantity}");
            Assert.True(length == digits.Length, $"{price} {quantity}");
        }

        static ulong OfAnyLength(BookRandom random) => Math.Max(1, random.Next() >> random.Below(64));
    }
}
