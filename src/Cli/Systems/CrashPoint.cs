using System.Diagnostics;
using System.Globalization;
using Parallax.Journal.Framing;
using Parallax.Reporting.Journals;
using Parallax.Trading.Execution;

namespace Parallax.Cli.Systems;

/// <summary>A place at which this process kills itself, as <c>kill -9</c> would: for drills that prove what a restart makes of it.</summary>
/// <remarks>
/// <c>PARALLAX_CRASH_AT=after:order-intent:2</c>: when the second record of that kind has been handed to the journal. <c>before:</c> is just
/// before that; <c>before:send:1</c> and <c>after:send:1</c> are around the handing over of an order to the gateway. Counted from the
/// start of the process. It can only ever end the process, which is always safe: a session that starts after it reconciles.
/// </remarks>
internal sealed class CrashPoint
{
    public const string Variable = "PARALLAX_CRASH_AT";

    private const string Send = "send";

    private readonly bool _isBefore;
    private readonly string _name;
    private int _left;

    private CrashPoint(bool isBefore, string name, int count) => (_isBefore, _name, _left) = (isBefore, name, count);

    /// <returns><see langword="null"/> when nobody asked for one.</returns>
    /// <exception cref="UserErrorException">It names no such place.</exception>
    public static CrashPoint? OfEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? Parse(text) : null;

    public static CrashPoint Parse(string text) =>
        text.Split(':') is [var when, var name, var number]
            && (when == "before" || when == "after")
            && (name == Send || RecordDescription.Names.Contains(name))
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? new CrashPoint(when == "before", name, count)
            : throw new UserErrorException($"{Variable} is before: or after:, the name of a journal record or 'send', and a count from 1, such as after:order-intent:2; found '{text}'.");

    public IRecordSink Around(IRecordSink journal) => _name == Send ? journal : new Journal(this, journal);

    public IOrderGateway Around(IOrderGateway gateway) => _name == Send ? new Gateway(this, gateway) : gateway;

    private void Pass(bool isBefore, string name)
    {
        if (isBefore == _isBefore && name == _name && --_left == 0)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            // The signal comes a moment later; nothing may happen in that moment.
            Task.Delay(Timeout.Infinite).Wait();
        }
    }

    private sealed class Journal(CrashPoint point, IRecordSink journal) : IRecordSink
    {
        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            var name = RecordDescription.Name(header.Kind);
            point.Pass(isBefore: true, name);
            journal.Append(header, payload);
            point.Pass(isBefore: false, name);
        }
    }

    private sealed class Gateway(CrashPoint point, IOrderGateway gateway) : IOrderGateway
    {
        public void Submit(in OrderRequest request)
        {
            point.Pass(isBefore: true, Send);
            gateway.Submit(request);
            point.Pass(isBefore: false, Send);
        }

        public void Query(ClientOrderId id, long sentTime) => gateway.Query(id, sentTime);

        public void Cancel(ClientOrderId id, long sentTime) => gateway.Cancel(id, sentTime);

        public void CancelAll(long sentTime) => gateway.CancelAll(sentTime);

        public void Survey(long sinceTime, long sentTime) => gateway.Survey(sinceTime, sentTime);
    }
}
