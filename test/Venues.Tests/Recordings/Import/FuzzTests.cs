using System.Text;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Venues.Tests.Recordings.Import;

/// <summary>Mutated and random recordings, from a seed: whatever comes in, what comes out is a tape or one sentence.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Rounds = 300;

    private readonly ScratchFolder _folder = new();

    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public void Every_sample_imports_as_it_stands(string format, string sample)
    {
        var (_, report) = CollectedTape.Import(format, _folder.Write("sample", sample));
        Assert.Equal(0, report.BadLines);
        Assert.True(report.Records.Total >= 3);
    }

    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public void Nothing_but_a_sentence_escapes_from_a_mutated_recording(string format, string sample)
    {
        var bytes = Encoding.UTF8.GetBytes(sample);
        for (ulong seed = 1; seed <= Rounds; seed++)
        {
            Try(format, Mutate(bytes, new Random64(seed)), seed);
        }
    }

    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public void Nothing_but_a_sentence_escapes_from_a_recording_with_shuffled_lines(string format, string sample)
    {
        var lines = sample.Split('\n');
        for (ulong seed = 1; seed <= Rounds / 4; seed++)
        {
            var random = new Random64(seed);
            var shuffled = lines.Select(line => (Key: random.Next(int.MaxValue), line)).OrderBy(line => line.Key).Select(line => line.line);
            Try(format, Encoding.UTF8.GetBytes(string.Join('\n', shuffled)), seed);
        }
    }

    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public void Nothing_but_a_sentence_escapes_from_random_bytes(string format, string sample)
    {
        _ = sample;
        for (ulong seed = 1; seed <= Rounds / 4; seed++)
        {
            var random = new Random64(seed);
            var bytes = new byte[random.Next(2_000)];
            foreach (ref var b in bytes.AsSpan())
            {
                b = (byte)random.Next(256);
            }

            Try(format, bytes, seed);
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Try(string format, byte[] bytes, ulong seed)
    {
        var path = _folder.Write("fuzzed", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var policy in new[] { BadLinePolicy.Skip, BadLinePolicy.Stop })
        {
            try
            {
                CollectedTape.Import(new RecordingImportOptions
                {
                    Format = RecordingFormat.Find(format)!,
                    Files = [path],
                    OnError = policy,
                    TemporaryFolder = _folder.Path,
                });
            }
            catch (RecordingException sentence)
            {
                Assert.DoesNotContain('\n', sentence.Message);
            }
            catch (Exception escaped)
            {
                Assert.Fail($"seed {seed}, {policy}: {escaped}\n{Convert.ToBase64String(bytes)}");
            }
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 8 << 20, $"seed {seed}: {allocated:N0} bytes allocated for an input of {bytes.Length:N0}");
    }

    private static byte[] Mutate(byte[] sample, Random64 random)
    {
        var bytes = new List<byte>(sample);
        for (var changes = 1 + random.Next(6); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = Likely[random.Next(Likely.Length)];
                    break;
                case 2:
                    bytes.Insert(at, Likely[random.Next(Likely.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(30)));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + random.Next(200))));
                    break;
                case 5:
                    bytes.InsertRange(at, Numbers[random.Next(Numbers.Length)]);
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : Math.Min(1, bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly byte[] Likely = "0123456789.,-+eE\"\\{}[]:\n\r \t\0nulltruefalse"u8.ToArray();

    private static readonly byte[][] Numbers =
    [
        "1e400"u8.ToArray(), "-0"u8.ToArray(), "NaN"u8.ToArray(), "99999999999999999999"u8.ToArray(), "0.0000000000000000000001"u8.ToArray(),
        "9223372036854775807"u8.ToArray(), "null"u8.ToArray(), "[[[[[[[["u8.ToArray(), "\\ud800"u8.ToArray(), "1e-18"u8.ToArray(), "000000000000000018"u8.ToArray(),
    ];

    private sealed class Random64(ulong seed)
    {
        private ulong _state = seed * 0x9E3779B97F4A7C15;

        // SplitMix64 (Steele, Lea, Flood 2014).
        public int Next(int below)
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}
