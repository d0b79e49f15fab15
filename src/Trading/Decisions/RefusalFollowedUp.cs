using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>What a refused plan would have made a while after its refusal.</summary>
/// <param name="AfterMillis">Since the refusal.</param>
/// <param name="Profit">
/// Start asset, on the books of that moment, lots and fees in, what is left over on the way at zero; <see langword="null"/> when a book was not
/// live or no order could have been made of it.
/// </param>
public readonly record struct FollowUp(int AfterMillis, decimal? Profit);

/// <summary>A refusal was looked at again: the same path and the same input, on later books. Written once a refusal, at the last look.</summary>
/// <param name="Number">The opportunity's.</param>
/// <param name="Reason">The refusal's stable code.</param>
/// <param name="Input">Start asset. Where the refused plan had no size, what it would have been sized to when it was refused.</param>
/// <param name="Looks">By time; fewer than usual when the session ended before the last.</param>
public readonly record struct RefusalFollowedUp(long Number, string Reason, decimal Input, ReadOnlyMemory<FollowUp> Looks) : IDecision<RefusalFollowedUp>
{
    public static DecisionKind Kind => DecisionKind.RefusalFollowedUp;

    public void Write(PayloadWriter writer)
    {
        writer.Int64(Number).Text(Reason).Decimal(Input).Byte((byte)Looks.Length);
        foreach (var look in Looks.Span)
        {
            writer.Int32(look.AfterMillis).Bool(look.Profit.HasValue).Decimal(look.Profit ?? 0m);
        }
    }

    public static RefusalFollowedUp Read(ref PayloadReader reader)
    {
        var followed = new RefusalFollowedUp(reader.Int64(), reader.Text(), reader.Decimal(), default);
        var looks = new FollowUp[reader.Byte()];
        for (var i = 0; i < looks.Length; i++)
        {
            var (after, hasProfit, profit) = (reader.Int32(), reader.Bool(), reader.Decimal());
            looks[i] = new FollowUp(after, hasProfit ? profit : null);
        }

        return followed with { Looks = looks };
    }
}
