namespace Parallax.Trading.Execution.Estimates;

/// <summary>Predicted probabilities against what happened, in tenths: of all that were called 70 to 80 %, so many filled.</summary>
/// <remarks>The Brier score is the mean of (predicted − happened)²: 0 is perfect, 0.25 is what always saying one half gets.</remarks>
public sealed class Calibration
{
    private readonly CalibrationBucket[] _buckets = new CalibrationBucket[10];
    private decimal _squares;

    /// <summary>From 0–10 % to 90–100 %.</summary>
    public IReadOnlyList<CalibrationBucket> Buckets => _buckets;

    public int Count { get; private set; }

    /// <summary><see langword="null"/> before the first attempt.</summary>
    public decimal? Brier => Count == 0 ? null : _squares / Count;

    /// <param name="predicted">0 to 1.</param>
    public void Add(decimal predicted, bool happened)
    {
        ref var bucket = ref _buckets[(int)decimal.Min(9m, decimal.Floor(predicted * 10m))];
        bucket = new CalibrationBucket(bucket.Attempts + 1, bucket.Fills + (happened ? 1 : 0), bucket.PredictedSum + predicted);
        var error = predicted - (happened ? 1m : 0m);
        _squares += error * error;
        Count++;
    }
}

/// <param name="PredictedSum">Of the probabilities; divided by the attempts, what the fills should come to.</param>
public readonly record struct CalibrationBucket(int Attempts, int Fills, decimal PredictedSum)
{
    /// <summary>Mean of the probabilities; zero without an attempt.</summary>
    public decimal Predicted => Attempts == 0 ? 0m : PredictedSum / Attempts;

    /// <summary>Share of the attempts that filled; zero without an attempt.</summary>
    public decimal Met => Attempts == 0 ? 0m : (decimal)Fills / Attempts;
}
