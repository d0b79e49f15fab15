using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Risk.Exposure;
using Parallax.Trading.Risk.Losses;

namespace Parallax.Trading.Risk;

/// <summary>What of the risk state outlives a session: losses and trading state, breakers that are not closed, what was left behind.</summary>
/// <remarks>Folded from a journal at the start of the next session, written onto its tape, and given to its engine: a restart lifts nothing.</remarks>
public sealed class RiskMemory
{
    private readonly SortedDictionary<string, BreakerChanged> _breakers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Asset, Residual> _residuals = [];

    /// <summary>Null before the first loss or gain.</summary>
    public LossMemory? Losses { get; private set; }

    public IEnumerable<BreakerChanged> Breakers => _breakers.Values;

    public IEnumerable<Residual> Residuals => _residuals.Values;

    public bool IsEmpty => Losses is null && _breakers.Count == 0 && _residuals.Count == 0;

    /// <summary>Takes one record of a journal; records of other kinds say nothing here.</summary>
    /// <exception cref="MalformedRecordException">A payload is not what its kind promises.</exception>
    public void Take(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        switch ((DecisionKind)record.Header.Kind)
        {
            case DecisionKind.RiskLevelChanged:
                Losses = RiskLevelChanged.Read(ref reader).Memory;
                break;
            case DecisionKind.LossRecorded:
                Losses = LossRecorded.Read(ref reader).Memory;
                break;
            case DecisionKind.BreakerChanged:
                Take(BreakerChanged.Read(ref reader));
                break;
            case DecisionKind.ResidualRecorded:
                Take(ResidualRecorded.Read(ref reader).Residual);
                break;
        }
    }

    /// <summary>As the payload of an <see cref="RiskInput.Opening"/> record.</summary>
    public ReadOnlySpan<byte> Write(PayloadWriter writer)
    {
        writer.Restart().Bool(Losses.HasValue);
        Losses?.Write(writer);
        writer.UInt16((ushort)_breakers.Count);
        foreach (var breaker in _breakers.Values)
        {
            breaker.Write(writer);
        }

        writer.UInt16((ushort)_residuals.Count);
        foreach (var residual in _residuals.Values)
        {
            new ResidualRecorded(residual.Asset, residual.Amount, residual.Cost).Write(writer);
        }

        return writer.Written;
    }

    /// <exception cref="MalformedRecordException">The payload is no memory.</exception>
    public static RiskMemory Read(Record record)
    {
        var memory = new RiskMemory();
        var reader = new PayloadReader(record.Payload);
        if (reader.Bool())
        {
            memory.Losses = LossMemory.Read(ref reader);
        }

        for (var left = reader.UInt16(); left > 0; left--)
        {
            memory.Take(BreakerChanged.Read(ref reader));
        }

        for (var left = reader.UInt16(); left > 0; left--)
        {
            memory.Take(ResidualRecorded.Read(ref reader).Residual);
        }

        return memory;
    }

    private void Take(in BreakerChanged changed)
    {
        if (changed.State == BreakerState.Closed)
        {
            _breakers.Remove(changed.Scope);
        }
        else
        {
            _breakers[changed.Scope] = changed;
        }
    }

    private void Take(in Residual residual)
    {
        if (residual.Amount == 0m)
        {
            _residuals.Remove(residual.Asset);
        }
        else
        {
            _residuals[residual.Asset] = residual;
        }
    }
}
