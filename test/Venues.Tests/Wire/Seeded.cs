using System.Globalization;
using System.Text;

namespace Parallax.Venues.Tests.Wire;

/// <summary>SplitMix64: a failing test names the seed, and the seed brings the failure back.</summary>
internal sealed class Seeded(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool OneIn(int n) => Below(n) == 0;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Changes, drops, doubles or inserts a few bytes.</summary>
    public byte[] Mutate(byte[] text)
    {
        var bytes = text.ToList();
        for (var edits = 1 + Below(3); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = Below(bytes.Count);
            switch (Below(5))
            {
                case 0:
                    bytes[at] = (byte)Next();
                    break;
                case 1:
                    bytes[at] = (byte)Of<char>("0123456789.-+eE\"\\{}[],: \tntf\u0000".AsSpan());
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)Of<char>("0123456789.-+eE\"\\{}[],: ".AsSpan()));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(Below(40), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A number as any JSON writer might print it: more zeros, an exponent, a point moved.</summary>
    public string Print(decimal value)
    {
        var plain = (value / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        switch (Below(4))
        {
            case 0:
                return plain;
            case 1:
                return plain + (plain.Contains('.', StringComparison.Ordinal) ? "" : ".") + new string('0', 1 + Below(6));
            case 2:
                return Scientific(value, Below(12) - 6);
            default:
                return Scientific(value, 0);
        }
    }

    private string Scientific(decimal value, int shift)
    {
        var mantissa = value;
        for (var i = 0; i < shift; i++)
        {
            mantissa /= 10m;
        }

        for (var i = 0; i > shift; i--)
        {
            mantissa *= 10m;
        }

        var text = new StringBuilder((mantissa / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
        text.Append(OneIn(2) ? 'e' : 'E');
        text.Append(shift < 0 ? "-" : OneIn(2) ? "+" : "");
        text.Append(OneIn(3) ? "0" : "").Append(Math.Abs(shift).ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
