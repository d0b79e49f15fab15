using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;

namespace Parallax.Journal.Tests.Tapes;

public sealed class TapeTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_is_written_is_read() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(ulong Seed, byte Count)>(), pair =>
        {
            var samples = Sample.Many(pair.Seed, pair.Count, payloadMax: 2_000);
            var path = _folder.File("any.tape");
            Sample.WriteTape(path, samples);
            return Sample.CountMatching(path, samples) == samples.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_records_give_the_same_bytes()
    {
        var samples = Sample.Many(3, 5_000);
        Sample.WriteTape(_folder.File("a.tape"), samples);
        Sample.WriteTape(_folder.File("b.tape"), samples);
        Assert.Equal(File.ReadAllBytes(_folder.File("a.tape")), File.ReadAllBytes(_folder.File("b.tape")));
    }

    [Fact]
    public void The_example_in_the_documentation_is_what_is_written()
    {
        var path = _folder.File("example.tape");
        using (var writer = new TapeWriter(path))
        {
            var header = BookRecord.Header(MarketRecordKind.BookDelta, 7, 1_700_000_000_000_000_000, 1_700_000_000_000_250_000, 0xCAFEF00D);
            writer.Append(header, BookRecord.Payload([new BookLevel(BookSide.Bid, 2_700_010, 150), new BookLevel(BookSide.Ask, 2_700_020, 0)]));
        }

        const string FileHeader = "504c58544150450a" + "0100000000000000" + "00000000000000000000000000000000000000000000000000000000000000000000000000000000" + "00000000" + "52f3299e";
        const string Record = "48000000" + "03" + "01" + "0700" + "0100000000000000" + "00002a36fe9c9717" + "90d02d36fe9c9717" + "6311a8cf" + "0df0feca"
            + "ea32290000000000" + "9600000000000000" + "f432290000000000" + "ffffffffffffffff";
        Assert.Equal(FileHeader + Record, Convert.ToHexStringLower(File.ReadAllBytes(path)));
    }

    [Fact]
    public void The_largest_record_passes_and_a_larger_one_is_refused()
    {
        var path = _folder.File("large.tape");
        var payload = new byte[RecordFramer.PayloadSizeMax];
        payload[^1] = 9;
        var header = new RecordHeader { Kind = 1, ReceivedTime = 5 };
        using (var writer = new TapeWriter(path))
        {
            writer.Append(header, [1]);
            writer.Append(header, payload);
            writer.Append(header, [2]);
            Assert.Throws<ArgumentException>(() => writer.Append(header, new byte[RecordFramer.PayloadSizeMax + 1]));
            Assert.Equal(3UL, writer.Records);
        }

        using var tape = TapeFile.Open(path);
        var report = tape.Check();
        Assert.True(report.IsSound);
        Assert.Equal(3UL, report.Records);
    }

    [Fact]
    public void A_received_time_that_goes_back_is_refused_and_the_tape_goes_on()
    {
        using var writer = new TapeWriter(_folder.File("order.tape"));
        writer.Append(new RecordHeader { Kind = 1, ReceivedTime = 2_000_000_000 }, []);
        var refusal = Assert.Throws<ArgumentException>(() => writer.Append(new RecordHeader { Kind = 1, ReceivedTime = 1_999_999_999 }, []));
        Assert.Equal("Received times never go back: 1970-01-01T00:00:01.999999999Z comes after 1970-01-01T00:00:02.000000000Z of record 1.", refusal.Message);
        writer.Append(new RecordHeader { Kind = 1, ReceivedTime = 2_000_000_000 }, []);
        Assert.Equal(2UL, writer.Records);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(248)]
    public void A_tape_takes_only_what_the_engine_is_told(byte kind)
    {
        using var writer = new TapeWriter(_folder.File("kinds.tape"));
        Assert.Throws<ArgumentException>(() => writer.Append(new RecordHeader { Kind = kind }, []));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_when_told_so()
    {
        var path = _folder.File("kept.tape");
        Sample.WriteTape(path, Sample.Many(4, 10));
        var before = File.ReadAllBytes(path);
        var refusal = Assert.Throws<UnwritableFileException>(() => new TapeWriter(path));
        Assert.Equal($"{path} exists already and is not overwritten.", refusal.Message);
        Assert.Equal(before, File.ReadAllBytes(path));
        new TapeWriter(path, overwrite: true).Dispose();
        Assert.Equal(64, new FileInfo(path).Length);
    }

    [Fact]
    public void A_tape_that_is_read_may_be_replaced_by_a_new_one()
    {
        var path = _folder.File("same.tape");
        var samples = Sample.Many(5, 2_000);
        Sample.WriteTape(path, samples);
        using var tape = TapeFile.Open(path);
        using var writer = new TapeWriter(path, overwrite: true);
        var cursor = tape.Cursor();
        while (cursor.TryRead(out var record))
        {
            writer.Append(record.Header, record.Payload);
        }

        writer.Flush();
        Assert.Equal(2_000UL, writer.Records);
    }

    [Fact]
    public void Many_cursors_read_one_tape_each_at_its_own_place()
    {
        var samples = Sample.Many(6, 300);
        Sample.WriteTape(_folder.File("many.tape"), samples);
        using var tape = TapeFile.Open(_folder.File("many.tape"));
        var first = tape.Cursor();
        for (var i = 0; i < 100; i++)
        {
            Assert.True(first.TryRead(out _));
        }

        var copy = first;
        var later = tape.CursorAt(first.Position);
        Assert.True(first.TryRead(out var a) && copy.TryRead(out var b) && later.TryRead(out var c)
            && samples[100].Matches(a) && samples[100].Matches(b) && samples[100].Matches(c));
        first.Position = new RecordPosition(64, 0, 0);
        Assert.True(first.TryRead(out var again) && samples[0].Matches(again));
    }

    [Fact]
    public void Peeking_and_skipping_pass_the_same_records_as_reading()
    {
        var samples = Sample.Many(7, 300);
        Sample.WriteTape(_folder.File("skip.tape"), samples);
        using var tape = TapeFile.Open(_folder.File("skip.tape"));
        var cursor = tape.Cursor();
        foreach (var sample in samples)
        {
            Assert.True(cursor.TryPeek(out var header));
            Assert.Equal((sample.Kind, sample.ReceivedTime), (header.Kind, header.ReceivedTime));
            Assert.True(cursor.Skip());
        }

        Assert.False(cursor.TryPeek(out _));
        Assert.False(cursor.Skip());
        Assert.False(cursor.TryRead(out _));
        Assert.Null(tape.TornTail);
    }

    [Fact]
    public void A_position_outside_the_tape_is_refused_and_one_between_records_is_found_out()
    {
        Sample.WriteTape(_folder.File("position.tape"), Sample.Many(8, 10));
        using var tape = TapeFile.Open(_folder.File("position.tape"));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.CursorAt(new RecordPosition(0, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.CursorAt(new RecordPosition(tape.Size + 1, 0, 0)));
        var between = tape.CursorAt(new RecordPosition(72, 0, 0));
        Assert.Throws<DamagedFileException>(() => between.TryRead(out _));
    }

    [Fact]
    public void A_cursor_of_a_closed_tape_says_so()
    {
        Sample.WriteTape(_folder.File("closed.tape"), Sample.Many(9, 10));
        var tape = TapeFile.Open(_folder.File("closed.tape"));
        var cursor = tape.Cursor();
        tape.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cursor.TryRead(out _));
    }

    [Fact]
    public void The_report_counts_records_and_gives_the_span_of_times()
    {
        var samples = Sample.Many(10, 1_000);
        Sample.WriteTape(_folder.File("report.tape"), samples);
        using var tape = TapeFile.Open(_folder.File("report.tape"));
        var report = tape.Check();
        Assert.True(report.IsSound);
        Assert.Equal((1_000UL, samples[0].ReceivedTime, samples[^1].ReceivedTime), (report.Records, report.FirstReceivedTime, report.LastReceivedTime));
        Assert.Equal(tape.Size, report.SoundSize);
    }

    [Fact]
    public void A_tape_without_records_is_sound_and_has_no_times()
    {
        Sample.WriteTape(_folder.File("none.tape"), []);
        using var tape = TapeFile.Open(_folder.File("none.tape"));
        var report = tape.Check();
        Assert.True(report.IsSound);
        Assert.Equal((0UL, (long?)null, (long?)null), (report.Records, report.FirstReceivedTime, report.LastReceivedTime));
    }

    [Fact]
    public void Records_beyond_four_gigabytes_are_read()
    {
        // A hole instead of the records before: only their number matters to a cursor that starts behind them.
        const long Offset = (5L << 30) + 64;
        var path = _folder.File("long.tape");
        Sample.WriteTape(path, []);
        var record = new byte[48];
        using (var file = File.OpenWrite(path))
        {
            RecordFramer.Write(record, new RecordHeader { Kind = 4, ReceivedTime = 9 }, [1, 2, 3], 1_000_001);
            file.Position = Offset;
            file.Write(record);
            RecordFramer.Write(record, new RecordHeader { Kind = 4, ReceivedTime = 9 }, [1, 2, 3], 1_000_002);
            file.Write(record.AsSpan(0, 20));
        }

        using var tape = TapeFile.Open(path);
        var cursor = tape.CursorAt(new RecordPosition(Offset, 1_000_000, 9));
        Assert.True(cursor.TryRead(out var last) && last.Header.Sequence == 1_000_001);
        Assert.False(cursor.TryRead(out _));
        Assert.Equal((Offset + 48, 20L), (tape.TornTail!.Offset, tape.TornTail.Bytes));
    }

    [Fact]
    public void An_append_after_closing_is_refused()
    {
        var writer = new TapeWriter(_folder.File("x.tape"));
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Append(new RecordHeader { Kind = 1 }, []));
    }
}
