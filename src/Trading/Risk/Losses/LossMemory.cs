using Parallax.Journal.Framing;

namespace Parallax.Trading.Risk.Losses;

/// <summary>What of a <see cref="LossBook"/> outlives its session.</summary>
/// <param name="Day">UTC days since 1970.</param>
/// <param name="HourlyProfit">Of the hour before <paramref name="TimeNanos"/>.</param>
public readonly record struct LossMemory(
    RiskLevel Level,
    long LevelSince,
    string Why,
    bool IsHaltedByDrawdown,
    decimal RealisedEquity,
    decimal Unrealised,
    decimal Peak,
    decimal DayStartEquity,
    long Day,
    int Streak,
    decimal HourlyProfit,
    long TimeNanos)
{
    public PayloadWriter Write(PayloadWriter writer) => writer
        .Byte((byte)Level).Int64(LevelSince).Text(Why).Bool(IsHaltedByDrawdown)
        .Decimal(RealisedEquity).Decimal(Unrealised).Decimal(Peak).Decimal(DayStartEquity)
        .Int64(Day).Int32(Streak).Decimal(HourlyProfit).Int64(TimeNanos);

    /// <exception cref="MalformedRecordException">The payload ends early, or names no level.</exception>
    public static LossMemory Read(ref PayloadReader reader)
    {
        var level = (RiskLevel)reader.Byte();
        return level > RiskLevel.Emergency
            ? throw new MalformedRecordException($"A trading state is 0 to {(int)RiskLevel.Emergency}; found {(int)level}.")
            : new LossMemory(
                level, reader.Int64(), reader.Text(), reader.Bool(),
                reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.Decimal(),
                reader.Int64(), reader.Int32(), reader.Decimal(), reader.Int64());
    }
}
