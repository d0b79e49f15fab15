using System.Globalization;

namespace Parallax.Trading.Execution;

/// <summary>Our name for an order: unique over restarts, the same in every replay.</summary>
/// <param name="Value">Session (20 bits), plan in that session (28 bits), attempt within the plan (16 bits), highest first.</param>
/// <remarks>
/// Made by counting, never by chance, so that a replay gives the same ids. The session number comes from the journal (one more at each
/// start), so that a restart cannot reuse one.
/// </remarks>
public readonly record struct ClientOrderId(ulong Value)
{
    public const int SessionMax = (1 << 20) - 1;
    public const int PlanMax = (1 << 28) - 1;

    public static ClientOrderId Of(int session, int plan, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)session, (uint)SessionMax, nameof(session));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)plan, (uint)PlanMax, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)attempt, ushort.MaxValue, nameof(attempt));
        return new ClientOrderId(((ulong)session << 44) | ((ulong)plan << 16) | (uint)attempt);
    }

    public int Session => (int)(Value >> 44);

    public int Plan => (int)((Value >> 16) & PlanMax);

    public int Attempt => (int)(Value & ushort.MaxValue);

    /// <summary>18 characters that every known venue accepts: <c>px</c> and sixteen hexadecimal digits.</summary>
    public override string ToString() => $"px{Value:x16}";

    /// <summary>The same as bytes.</summary>
    /// <param name="target">At least 18 long.</param>
    /// <returns>The part of it that was written.</returns>
    public ReadOnlySpan<byte> Utf8(Span<byte> target)
    {
        "px"u8.CopyTo(target);
        Value.TryFormat(target[2..], out var length, "x16", CultureInfo.InvariantCulture);
        return target[..(2 + length)];
    }
}
