using Parallax.Domain;
using Parallax.Venues.Connectivity.Rest;

namespace Parallax.Venues.Tests.Connectivity.Rest;

public sealed class NonceFileTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Numbers_rise_over_restarts_crashes_and_clocks_that_are_set_back()
    {
        var last = 0ul;
        var random = new Random(3);
        for (var session = 0; session < 50; session++)
        {
            // The clock goes back and forth by days; the process ends without a word.
            using var file = NonceFile.Open(_path);
            var nonces = new NonceSource(new HandClock(Start + TimeSpan.FromDays(random.Next(-3, 4))), file);
            for (var i = 0; i < 20; i++)
            {
                var next = nonces.Next();
                Assert.True(next > last);
                Assert.True(file.Reserved >= next);
                last = next;
            }
        }
    }

    [Fact]
    public void The_disk_is_written_once_for_half_a_minute_of_numbers()
    {
        var clock = new HandClock(Start);
        using var file = NonceFile.Open(_path);
        var nonces = new NonceSource(clock, file);
        nonces.Next();
        var reserved = file.Reserved;
        clock.Now += TimeSpan.FromSeconds(29);
        nonces.Next();
        Assert.Equal(reserved, file.Reserved);
        clock.Now += TimeSpan.FromSeconds(2);
        Assert.True(nonces.Next() > reserved);
        Assert.True(file.Reserved > reserved);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void A_write_that_was_torn_gives_no_number_away(int slot)
    {
        using (var file = NonceFile.Open(_path))
        {
            file.Reserve(1_000);
            file.Reserve(2_000);
        }

        var bytes = File.ReadAllBytes(_path);
        bytes[slot + 3] ^= 0xFF;
        File.WriteAllBytes(_path, bytes);
        using var again = NonceFile.Open(_path);

        // The second write was into the second slot: torn, it was never answered for.
        Assert.Equal(slot == 0 ? 2_000ul : 1_000ul, again.Reserved);
    }

    [Fact]
    public void After_an_end_in_order_numbers_do_not_run_ahead_of_the_clock_and_none_comes_again()
    {
        var clock = new HandClock(Start);
        var last = 0ul;
        for (var session = 0; session < 20; session++)
        {
            using var file = NonceFile.Open(_path);
            var nonces = new NonceSource(clock, file);
            clock.Now += TimeSpan.FromSeconds(1);
            var next = nonces.Next();
            Assert.True(next > last);
            last = next;
            nonces.Close();
            Assert.Equal(last, file.Reserved);
        }

        using var again = NonceFile.Open(_path);
        Assert.Equal(last, again.Reserved);
        Assert.Equal((ulong)(UtcNanos.From(clock.Now).Value / UtcNanos.PerMicrosecond), last);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_rather_than_begun_anew()
    {
        File.WriteAllText(_path, "these are no nonces, and more than two slots");

        Assert.Contains(_path, Assert.Throws<IOException>(() => NonceFile.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_process_on_the_file_is_refused_with_advice()
    {
        using var first = NonceFile.Open(_path);

        Assert.Contains("another process", Assert.Throws<IOException>(() => NonceFile.Open(_path)).Message, StringComparison.Ordinal);
    }
}
