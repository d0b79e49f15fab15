using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Reporting.Journals;
using Parallax.Testing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Reporting.Tests.Journals;

public sealed class RecordDescriptionTests
{
    private readonly RecordList _records = new();
    private readonly DecisionWriter _decisions;

    public RecordDescriptionTests() => _decisions = new DecisionWriter(_records) { Now = 1_700_000_000 * UtcNanos.PerSecond };

    [Fact]
    public void Every_kind_of_decision_has_a_name()
    {
        Assert.All(Enum.GetValues<DecisionKind>(), kind => Assert.DoesNotContain("kind-", RecordDescription.Name((byte)kind), StringComparison.Ordinal));
        Assert.All(
            new[] { OrderEvent.RecordKind, InputKind.Kill, InputKind.Resume }, kind => Assert.DoesNotContain("kind-", RecordDescription.Name(kind), StringComparison.Ordinal));
        Assert.Equal(RecordDescription.Names.Distinct(), RecordDescription.Names);
    }

    [Fact]
    public void A_kind_this_version_does_not_know_is_shown_by_number_and_size()
    {
        _records.Append(new RecordHeader { Kind = 231, Subject = 4 }, [1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal("8 bytes", RecordDescription.Line(_records[0]));
        Assert.Equal("""{"sequence":1,"time":"1970-01-01T00:00:00.000000000Z","record":"kind-231","subject":4}""", RecordDescription.Json(_records[0]).ToJsonString());
    }

    [Fact]
    public void Fields_stand_in_their_order_and_amounts_are_exact()
    {
        _decisions.Write(new OpportunityRefused(7, "net-edge", 0.5m, 1.00m, 79228162514264337593543950335m, -0.0000000000000000000000000001m));

        Assert.Equal(
            "number=7 reason=net-edge value=0.5 threshold=1 input=79228162514264337593543950335 profit=-0.0000000000000000000000000001 startAsset=none",
            RecordDescription.Line(_records[0]));
        Assert.Equal("0.5", (string?)RecordDescription.Json(_records[0])["value"]);
    }

    [Fact]
    public void An_absent_amount_is_none_in_words_and_null_in_json()
    {
        _decisions.Write(new LegDecided(1, 1, new Asset("BTC"), 2m, null, 3m, "unwind", "thin"));

        Assert.Contains("continue=none unwind=3", RecordDescription.Line(_records[0]), StringComparison.Ordinal);
        Assert.Null(RecordDescription.Json(_records[0])["continue"]);
    }

    [Fact]
    public void A_venues_words_stay_on_one_line_and_drive_no_terminal()
    {
        var rejected = new OrderEvent { Id = ClientOrderId.Of(1, 1, 1), Type = OrderEventType.Rejected, Reason = "no\nroom\u001b[31m\r" };
        _records.Append(rejected.Header(5, 6), rejected.Write(new PayloadWriter()));

        var line = RecordDescription.Line(_records[0]);

        Assert.Contains("reason=no; room?[31m?", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }

    [Fact]
    public void Whatever_stands_in_a_record_is_described_or_malformed()
    {
        var malformed = 0;
        var state = 1UL;
        for (var kind = 1; kind <= 255; kind++)
        {
            for (var sample = 0; sample < 60; sample++)
            {
                var payload = new byte[8 * (Next() % 20)];
                for (var i = 0; i < payload.Length; i++)
                {
                    payload[i] = Next() % 3 == 0 ? (byte)Next() : (byte)(Next() % 4);
                }

                try
                {
                    Describe((byte)kind, (byte)Next(), payload);
                }
                catch (MalformedRecordException)
                {
                    malformed++;
                }
            }
        }

        Assert.True(malformed > 100);

        ulong Next() => (state = (state * 6364136223846793005) + 1442695040888963407) >> 33;
    }

    private static void Describe(byte kind, byte flags, byte[] payload)
    {
        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, new RecordHeader { Kind = kind, Flags = flags, ReceivedTime = 5 }, payload, 1);
        RecordDescription.Line(new Record(frame));
        RecordDescription.Json(new Record(frame)).ToJsonString();
    }
}
